"""Those who carry a letter to its reader: one file each. A provider never touches the database."""
