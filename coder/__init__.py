"""How text becomes rows: one module a step, in the order of the data flow."""
