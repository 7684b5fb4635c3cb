"""How the models in public/models were made, from the command line: python3 -m training --help."""
