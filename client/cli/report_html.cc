#include "client/cli/report_html.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/html_text.h"
#include "client/cli/report_page_style.h"
#include "client/cli/report_tables.h"
#include "client/cli/report_words.h"
#include "client/cli/svg_chart.h"
#include "client/cli/svg_flow.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

// As many as fit one printed page; a chart of more goes on in another.
constexpr size_t kBarsInAChart = 11, kLinesInAChart = 22;
// A breakdown of more rows shows those with the largest base.
constexpr size_t kRowsCharted = 110;
constexpr size_t kNone = ~size_t{0};

std::string Paragraph(absl::string_view kind, absl::string_view text) {
  return Element("p", kind.empty() ? "" : absl::StrCat("class=\"", kind, "\""),
                 text);
}

std::string CellHtml(const TableColumn& column, const TableRow& row,
                     size_t at) {
  const TableCell& cell = row.cells[at];
  if (at == 0) {
    return Element(
        "th", row.level > 0 ? "scope=\"row\" class=\"in\"" : "scope=\"row\"",
        cell.text);
  }
  if (column.shape == Shape::kText) {
    return Element("td", "class=\"words-cell\"", cell.text);
  }
  return Element("td", "", FigureText(column.shape, cell.figure, cell.high));
}

// A wide table scrolls by itself, also from the keyboard.
std::string TableHtml(const ReportTableData& table) {
  const std::string id = absl::StrCat("tabell-", table.key);
  std::string html = absl::StrCat(
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
      "aria-labelledby=\"",
      id, "\"><table>",
      Element("caption", absl::StrCat("id=\"", id, "\""),
              absl::StrCat("Tabell: ", table.title)),
      "\n<thead><tr>");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& title = table.columns[i].title;
    html += Element("th",
                    table.columns[i].shape == Shape::kText && i > 0
                        ? "scope=\"col\" class=\"words-cell\""
                        : "scope=\"col\"",
                    title.empty() ? "Grupp" : title);
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const TableRow& row : table.rows) {
    html += "<tr>";
    for (size_t i = 0; i < row.cells.size(); ++i) {
      html += CellHtml(table.columns[i], row, i);
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string Figured(const ChartText& text, const std::string& svg) {
  return absl::StrCat("<figure>",
                      Element("figcaption", "aria-hidden=\"true\"", text.title),
                      svg, "</figure>\n");
}

// Columns of a table as the items of a chart; kNone for what it has not.
struct ItemColumns {
  size_t before = kNone, after = kNone, interval = kNone;
};

std::vector<ChartItem> ItemsOf(const ReportTableData& table,
                               const ItemColumns& columns) {
  std::vector<ChartItem> items;
  for (const TableRow& row : table.rows) {
    ChartItem item;
    item.label = row.cells[0].text;
    item.before = row.cells[columns.before].figure;
    item.after = row.cells[columns.after].figure;
    if (columns.interval != kNone) {
      item.low = row.cells[columns.interval].figure;
      item.high = row.cells[columns.interval].high;
    }
    items.push_back(std::move(item));
  }
  return items;
}

ChartText TextOf(const ReportTableData& table, absl::string_view title,
                 absl::string_view what) {
  return {absl::StrCat("bild-", table.key), std::string(title),
          absl::StrCat(what, " Alla tal står i tabellen under.")};
}

// Calls `draw` with the text and the items of one chart after another.
template <typename Draw>
std::string InParts(const ChartText& text, const std::vector<ChartItem>& items,
                    size_t at_most, const Draw& draw) {
  const size_t parts = (items.size() + at_most - 1) / at_most;
  std::string charts;
  for (size_t i = 0; i < parts; ++i) {
    const auto first = items.begin() + static_cast<long>(i * at_most);
    const auto last = items.begin() + static_cast<long>(std::min(
                                          items.size(), (i + 1) * at_most));
    ChartText of = text;
    if (parts > 1) {
      absl::StrAppend(&of.id, "-", i + 1);
      absl::StrAppend(&of.title, " (", i + 1, " av ", parts, ")");
    }
    charts += Figured(of, draw(of, std::vector<ChartItem>(first, last)));
  }
  return charts;
}

std::string Bars(const ReportTableData& table, const ItemColumns& columns,
                 absl::string_view title) {
  const Shape shape = table.columns[columns.before].shape;
  const std::vector<ChartItem> items = ItemsOf(table, columns);
  const double full = shape == Shape::kShare ? 1 : FullOf(items, shape);
  return InParts(
      TextOf(table, title,
             "Två staplar för varje rad: före, och under den efter."),
      items, kBarsInAChart,
      [&](const ChartText& text, const std::vector<ChartItem>& some) {
        return BarsSvg(text, some, shape, full);
      });
}

std::string Flows(const ReportTableData& table, const CodeLabels& labels) {
  std::vector<FlowBand> bands;
  for (const TableRow& row : table.rows) {
    if (!row.cells[2].figure.Known()) continue;
    const std::string& to = row.cells[1].text;
    bands.push_back({row.cells[0].text, to, row.cells[2].figure.value,
                     to == FlowTargetText("WORK", labels) ||
                         to == FlowTargetText("STUDY", labels)});
  }
  const ChartText text =
      TextOf(table,
             "Från försörjning före till försörjning, arbete eller "
             "studier efter",
             "Band från vänster till höger, bredare ju fler de är. Mörkare "
             "band leder till arbete eller studier.");
  const std::string svg = FlowsSvg(text, bands);
  return svg.empty() ? svg : Figured(text, svg);
}

std::string OutcomeChart(const ReportTableData& table,
                         const CodeLabels& labels) {
  if (table.key == "occupation") {
    return Bars(table, {2, 4}, "Andel av underlaget före och efter");
  }
  if (table.key == "flows") return Flows(table, labels);
  if (table.key == "follow-up") return std::string();
  return Bars(table, {1, 2}, "Antal före och efter");
}

// The columns of a breakdown: n, before, after and its interval.
constexpr size_t kBase = 3;
constexpr ItemColumns kBreakdown = {4, 5, 7};

ReportTableData Largest(const ReportTableData& table) {
  if (table.rows.size() <= kRowsCharted) return table;
  std::vector<double> bases;
  for (const TableRow& row : table.rows) {
    bases.push_back(row.cells[kBase].figure.value);
  }
  std::nth_element(bases.begin(), bases.begin() + kRowsCharted - 1, bases.end(),
                   std::greater<>());
  ReportTableData largest = table;
  largest.rows.clear();
  for (const TableRow& row : table.rows) {
    if (row.cells[kBase].figure.value >= bases[kRowsCharted - 1] &&
        largest.rows.size() < kRowsCharted) {
      largest.rows.push_back(row);
    }
  }
  return largest;
}

// Years as lines, when there are several; else rows with their intervals.
std::string BreakdownChart(const ReportTableData& table) {
  const std::vector<ChartItem> items =
      ItemsOf(table.dimension == "YEAR" ? WithEveryYear(table) : Largest(table),
              kBreakdown);
  const auto known =
      std::count_if(items.begin(), items.end(),
                    [](const ChartItem& item) { return item.after.Known(); });
  if (known == 0) return std::string();
  const double full = FullOf(items, Shape::kShare);
  if (table.dimension == "YEAR") {
    if (known < 2) return std::string();
    const ChartText text =
        TextOf(table, "Andel i arbete eller studier, år för år",
               "Två linjer från år till år: före och efter.");
    return Figured(text, LinesSvg(text, items, full));
  }
  std::string title = "Andel i arbete eller studier, före och efter";
  if (items.size() < table.rows.size()) {
    absl::StrAppend(&title, ", de ", items.size(), " med störst underlag");
  }
  return InParts(
      TextOf(table, title,
             "En rad för varje: en ring för före, en punkt för efter och "
             "dess intervall."),
      items, kLinesInAChart,
      [&](const ChartText& text, const std::vector<ChartItem>& some) {
        return IntervalsSvg(text, some, full);
      });
}

std::string Section(const ReportTableData& table, const std::string& chart) {
  return absl::StrCat(
      "<section aria-labelledby=\"", table.key, "\">\n",
      Element("h2", absl::StrCat("id=\"", table.key, "\""), table.title), "\n",
      table.base.empty() ? "" : Paragraph("base", table.base), chart,
      table.rows.empty() ? Paragraph("", "Inga rader.") : TableHtml(table),
      table.note.empty() ? "" : Paragraph("", table.note), "</section>\n");
}

std::string Contents(const ReportPages& pages) {
  std::string html = "<nav aria-label=\"Innehåll\"><ul>\n";
  const auto link = [&](const std::string& key, const std::string& title) {
    absl::StrAppend(
        &html, "<li>",
        Element("a", absl::StrCat("href=\"#", Escaped(key), "\""), title),
        "</li>\n");
  };
  link(pages.participants.key, pages.participants.title);
  for (const auto& table : pages.outcomes) link(table.key, table.title);
  for (const auto& table : pages.breakdowns) link(table.key, table.title);
  link("om-siffrorna", "Om siffrorna");
  return html + "</ul></nav>\n";
}

// What most come for.
std::string KeyFigures(const ReportPages& pages) {
  if (pages.outcomes.empty() || pages.outcomes[0].rows.empty()) return "";
  const ReportTableData& table = pages.outcomes[0];
  const TableRow& work = table.rows[0];
  const auto pair = [](absl::string_view word, absl::string_view number) {
    return absl::StrCat("<div>", Element("dt", "", word),
                        Element("dd", "", number), "</div>\n");
  };
  return absl::StrCat(
      "<dl class=\"key\">\n",
      pair("I arbete eller studier före",
           FigureText(Shape::kShare, work.cells[2].figure)),
      pair("I arbete eller studier efter",
           FigureText(Shape::kShare, work.cells[4].figure)),
      pair("95 % intervall", FigureText(Shape::kInterval, work.cells[6].figure,
                                        work.cells[6].high)),
      "</dl>\n", Paragraph("base", table.base));
}

std::string Head(const ReportPages& pages) {
  std::string html = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n"
      // Nothing is loaded and nothing runs, whatever a name would like.
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n",
      Element("title", "", absl::StrCat(pages.title, ". ", pages.period)),
      "\n<style>", kPageStyle, "</style>\n</head>\n<body>\n<header>\n",
      Element("h1", "", pages.title), "\n", Paragraph("", pages.period));
  for (const std::string& filter : pages.filters) {
    html += Paragraph("", filter);
  }
  for (const std::string& notice : pages.notices) {
    html += Paragraph("notice", notice);
  }
  for (const std::string& warning : pages.warnings) {
    html += Paragraph("warning", warning);
  }
  return html + "</header>\n<main>\n" + KeyFigures(pages) + Contents(pages);
}

std::string Foot(const ReportPages& pages) {
  std::string html =
      "<section aria-labelledby=\"om-siffrorna\">\n"
      "<h2 id=\"om-siffrorna\">Om siffrorna</h2>\n<dl class=\"words\">\n";
  for (const Definition& definition : pages.definitions) {
    absl::StrAppend(
        &html, "<div>", Element("dt", "", definition.word),
        Element("dd", "", Capitalized(absl::StrCat(definition.meaning, "."))),
        "</div>\n");
  }
  return absl::StrCat(html, "</dl>\n</section>\n</main>\n<footer>",
                      Paragraph("", pages.versions),
                      "</footer>\n</body>\n</html>\n");
}

}  // namespace

std::string ReportHtml(const v1::OutcomeReport& report,
                       const CodeLabels& labels, int least_base) {
  const ReportPages pages = MakePages(report, labels, least_base);
  std::string html = Head(pages) + Section(pages.participants, "");
  for (const ReportTableData& table : pages.outcomes) {
    html += Section(table, OutcomeChart(table, labels));
  }
  for (const ReportTableData& table : pages.breakdowns) {
    html += Section(table, BreakdownChart(table));
  }
  return html + Foot(pages);
}

}  // namespace stegvis::cli
