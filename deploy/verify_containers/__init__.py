"""Builds and starts the whole compose file on a machine without an image registry, and tries it out.

The base images are stand-ins made from Debian's packages, under the names that the compose file expects. All of it, the
Docker engine too, lives in a network namespace of its own: when it ends, bridges and firewall rules are gone with it,
and nothing in it could reach the outside, so nothing that is verified here needs to.
"""
