"""What would change if people, posts or needs did: tables of a force, changes of them, and what is measured."""
