"""What a reader may know of insatser from elsewhere: their focus and target
groups, as the file `insatser` of interface.md has them."""

import csv


def read_insatser(path):
    """(förbund, insats) -> {"FOCUS": [code], "TARGET_GROUP": [codes]}"""
    with open(path, encoding="utf-8-sig", newline="") as file:
        delimiter = ";" if ";" in file.readline() else ","
        file.seek(0)
        return {(row["forbund"], row["namn"]):
                {"FOCUS": [row["fokus"]],
                 "TARGET_GROUP": row["malgrupp"].split("|")}
                for row in csv.DictReader(file, delimiter=delimiter)}
