// The tables of an outcome report, as every form for people shows them: in a
// terminal, in a workbook, on a page.
#pragma once

#include <string>
#include <vector>

#include "client/cli/code_labels.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

struct TableColumn {
  std::string title;
  Shape shape = Shape::kText;
  // Left out in a terminal, which is narrow.
  bool only_where_wide = false;
};

struct TableCell {
  std::string text;  // For Shape::kText.
  Figure figure;
  Figure high;  // For Shape::kInterval.
};

struct TableRow {
  int level = 0;  // How far in its label stands.
  std::vector<TableCell> cells;
};

// The first column is text: what the row is about.
struct ReportTableData {
  std::string key;        // `occupation`, `breakdown-AGE_GROUP` …
  std::string dimension;  // Of a breakdown.
  std::string title;
  std::string base;  // "n = 1 250, täckning 75,0 %"
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::string note;  // A sentence under it, or empty.
};

// A word and what it means.
struct Definition {
  std::string word;
  std::string meaning;
};

struct ReportPages {
  std::string title;
  std::string period;
  std::vector<std::string> filters;
  std::vector<std::string> notices;   // How what is told is limited.
  std::vector<std::string> warnings;  // What is missing, and should not be.
  // Participants alone when only the base is told; else all, those without
  // rows too.
  ReportTableData participants;
  std::vector<ReportTableData> outcomes;
  std::vector<ReportTableData> breakdowns;
  std::vector<Definition> definitions;
  std::string versions;
};

// `least_base`: a share of fewer is not said.
ReportPages MakePages(const v1::OutcomeReport& report, const CodeLabels& labels,
                      int least_base);

// A breakdown by year with a row, of nothing known, for each year between that
// has none: so that a chart keeps the distance.
ReportTableData WithEveryYear(const ReportTableData& table);

// The row of a breakdown as people call it.
std::string BreakdownRowTitle(const v1::BreakdownRow& row,
                              const CodeLabels& labels);

// ARBETE_ELLER_STUDIER of a block; an empty row when it has none.
const v1::OccupationRow& WorkOrStudyOf(
    const google::protobuf::RepeatedPtrField<v1::OccupationRow>& rows);

}  // namespace stegvis::cli
