"""The benchmark: our build beside Hugo and MkDocs with Material, on the same made records."""
