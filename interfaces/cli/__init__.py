"""The command `deconflict`: thin verbs over `warehouse` and `pipeline`. Reading verbs stay light at import."""
