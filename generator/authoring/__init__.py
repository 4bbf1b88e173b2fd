"""What a contributor is asked: annotated templates, made from the contracts."""
