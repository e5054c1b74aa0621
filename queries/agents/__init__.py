"""Answer the questions of the catalogue to assistants, over the Model Context Protocol."""
