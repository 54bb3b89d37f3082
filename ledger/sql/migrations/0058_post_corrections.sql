-- What only programs of before 0057 read of what units belonged to.

DROP VIEW former_parents;
