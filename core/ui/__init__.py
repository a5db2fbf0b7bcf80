"""What the interface tags are made of; `core.templatetags.ui` gives it to the templates."""
