"""Dates as Flemish readers write them, where Django's Dutch formats differ."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j/m/Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "j F Y, G.i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = " "
NUMBER_GROUPING = 3
