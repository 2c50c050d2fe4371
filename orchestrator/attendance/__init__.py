"""Who was really there: the roll call person by person with its history, and heads counted in each room."""
