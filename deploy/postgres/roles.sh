#!/bin/sh
# A role and a database for each service; run before every start, it changes what differs (also a password). Each service
# owns its own database and may not even connect to the others'. As PostgreSQL's administrator, whom PGUSER, PGHOST and
# PGPASSWORD or PGPASSWORD_FILE name; the passwords stand in SECRETS/<service>_database_password.
set -eu
SECRETS=${SECRETS:-/run/secrets}
SERVICES=${SERVICES:-booking capacity notifications}
if [ -n "${PGPASSWORD_FILE:-}" ]; then PGPASSWORD=$(cat "$PGPASSWORD_FILE"); export PGPASSWORD; fi

ask() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

for service in $SERVICES; do
  export PASSWORD_FILE="$SECRETS/${service}_database_password"  # not an argument: those are shown to all of the machine
  ask --dbname postgres --set "name=$service" <<'SQL'
\set password `cat "$PASSWORD_FILE"`
SELECT format('CREATE ROLE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SET log_statement = 'none';
ALTER ROLE :"name" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 200
  PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
  ask --dbname "$service" --set "name=$service" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO :"name";
SQL
done
ask --dbname postgres --command "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC" \
  --command "REVOKE CONNECT ON DATABASE template1 FROM PUBLIC"
echo "Roles and databases: $SERVICES."
