"""Published questionnaires: the catalogue, their passports, and pure scoring."""
