"""Read the fields of a document: its title block, days, duties, competencies, pay and stages."""
