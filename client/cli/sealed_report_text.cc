#include "client/cli/sealed_report_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/number_format.h"
#include "client/cli/report_figures.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

using Kind = v1::EventCount;

// How many cells are shown; --format json shows all.
constexpr int kMostShown = 200;

std::string Text(Shape shape, const Figure& figure) {
  return FigureText(shape, figure);
}

// `11,0 % → 31,0 %`: in work or studies, of the base.
std::string WorkOrStudies(const v1::OutcomeReport& report) {
  if (report.occupation().empty()) return "";
  const v1::OccupationRow& row = report.occupation(0);
  const v1::PeopleCount& base = report.participants().base();
  const Figure before =
      UnlessTooFew(Derived(row.has_share_before(), row.share_before(), {}),
                   base, kLeastBase);
  const Figure after = UnlessTooFew(
      Derived(row.has_share_after(), row.share_after(), {}), base, kLeastBase);
  if (before.state == Figure::State::kTooFew) return kTooFewText;
  return absl::StrCat(Text(Shape::kShare, before), " → ",
                      Text(Shape::kShare, after));
}

std::string CellValue(bool has, int64_t value) {
  return has ? FormatNumber(value) : kUnknownSign;
}

std::string CellName(const v1::CellChange& cell) {
  std::string name = cell.block();
  if (!cell.key().empty()) absl::StrAppend(&name, " ", cell.key());
  return absl::StrCat(name, " ", cell.measure(), " ", cell.column());
}

std::string RowName(const v1::CellChange& cell) {
  if (cell.dimension().empty()) return "hela rapporten";
  return absl::StrCat(cell.dimension(), "=", Printable(cell.value()));
}

// What is said of a kind of event.
struct KindWords {
  const char* cause;    // Of what changed a cell.
  const char* several;  // After their number.
};

KindWords WordsOf(int kind) {
  switch (kind) {
    case Kind::KIND_LATE_REGISTRATION:
      return {"registrering i efterhand",
              "deltaganden registrerade i efterhand"};
    case Kind::KIND_EXIT_RECORDED:
      return {"avslut", "avslut registrerade"};
    case Kind::KIND_FOLLOW_UP_RECORDED:
      return {"uppföljning", "uppföljningar registrerade"};
    case Kind::KIND_CORRECTION:
      return {"rättelse", "deltaganden rättade"};
    case Kind::KIND_WRONG_REGISTRATION:
      return {"felregistrering", "deltaganden avslutade som felregistrering"};
    case Kind::KIND_ERASURE:
      return {"radering", "deltaganden raderade eller med återtaget samtycke"};
    case Kind::KIND_ANONYMOUS_COUNT:
      return {"anonymt antal", "anonyma antal ändrade"};
    case Kind::KIND_VOLUME_COUNT:
      return {"volymantal", "volymantal ändrade"};
    case Kind::KIND_INSATS:
      return {"ändrad insats", "insatser skapade eller ändrade"};
    case Kind::KIND_FORBUND:
      return {"ändrat förbund", "ändring av förbundet självt"};
    case Kind::KIND_FOLLOW_UP_BECAME_DUE:
      return {"tiden för uppföljning kom", "uppföljningar vars tid har kommit"};
    case Kind::KIND_DEFINITION:
      return {"definitioner eller kodlistor",
              "byte av definitioner eller kodlistor"};
    case Kind::KIND_COMPLETION:
      return {"komplettering", "deltaganden kompletterade"};
    default:  // From the wire: a newer server may know more kinds.
      return {"annat",
              "händelser av ett slag som det här programmet inte känner till"};
  }
}

// `registrering i efterhand +2, avslut och rättelse −1`.
std::string CauseText(const v1::CellChange& cell) {
  std::vector<std::string> causes;
  for (const v1::CellCause& cause : cell.causes()) {
    std::vector<std::string> names;
    for (const int kind : cause.kinds())
      names.emplace_back(WordsOf(kind).cause);
    if (names.empty()) names.emplace_back("okänt");
    causes.push_back(absl::StrCat(absl::StrJoin(names, " och "), " ",
                                  cause.by() > 0 ? "+" : "",
                                  FormatNumber(cause.by())));
  }
  return absl::StrJoin(causes, ", ");
}

// With a column for what changed the cells where they say it.
template <typename Cells>
std::string CellTable(const Cells& cells, int all) {
  const bool has_causes = std::any_of(
      cells.begin(), cells.end(),
      [](const v1::CellChange& cell) { return !cell.causes().empty(); });
  std::vector<TextTable::Column> columns = {
      {"rad"}, {"cell"}, {"före", Align::kRight}, {"efter", Align::kRight}};
  if (has_causes) columns.push_back({"genom"});
  TextTable table(columns);
  for (const v1::CellChange& cell : cells) {
    if (table.Size() == kMostShown) break;
    std::vector<std::string> row = {RowName(cell), CellName(cell),
                                    CellValue(cell.has_before(), cell.before()),
                                    CellValue(cell.has_after(), cell.after())};
    if (has_causes) row.push_back(CauseText(cell));
    table.AddRow(row);
  }
  std::string text = table.Empty() ? "" : table.Text();
  const int left = all - static_cast<int>(table.Size());
  if (left > 0) {
    absl::StrAppend(&text, "… och ", FormatNumber(left),
                    " till; --format json visar fler\n");
  }
  return text;
}

}  // namespace

std::string ContentText(const v1::SealedReportContent& content,
                        const std::string& key_id) {
  const v1::OutcomeReport& report = content.report();
  const v1::Participants& people = report.participants();
  return PropertyText(
      {{"rapport",
        absl::StrCat("fastställd resultatrapport för ", content.year(),
                     ", revision ", content.revision())},
       {"förbund", absl::StrCat(Printable(content.display_name()), " (",
                                Printable(content.organization_number()), ")")},
       {"så som känt", SwedishTime(content.as_of())},
       {"registrerade", Text(Shape::kCount, TotalOf(people.registered()))},
       {"påbörjade", Text(Shape::kCount, TotalOf(people.started()))},
       {"underlag", Text(Shape::kCount, TotalOf(people.base()))},
       {"täckning", Text(Shape::kShare, CoverageOf(people))},
       {"arbete eller studier", WorkOrStudies(report)},
       {"versioner",
        absl::StrCat("definitioner ", content.definitions_version(),
                     ", kodlistor ", content.code_list_version(), ", ändring ",
                     content.feed_position())},
       {"nyckel", Printable(key_id)}});
}

std::string OpenPointsText(const v1::OpenPoints& points) {
  const std::vector<std::pair<int, std::string>> lines = {
      {points.without_exit(),
       "deltaganden utan avslut, påbörjade minst 24 månader före årets slut"},
      {points.follow_ups_due(),
       "uppföljningar av årets avslutade som är dags men inte gjorda"},
      {points.findings(), "ovanliga uppgifter som ingen har förklarat"}};
  std::string text;
  for (const auto& [count, what] : lines) {
    if (count > 0)
      absl::StrAppend(&text, "  ", FormatNumber(count), " ", what, "\n");
  }
  return text;
}

std::string DifferenceText(const v1::CompareSealedReportsResponse& compared) {
  std::string text =
      absl::StrCat("revision ", compared.before().revision(), ", ",
                   SwedishTime(compared.before().seal_time()), " → revision ",
                   compared.after().revision(), ", ",
                   SwedishTime(compared.after().seal_time()), "\n\n");
  absl::StrAppend(&text, CellTable(compared.cells(), compared.cells_size()),
                  compared.cells().empty() ? "Inget antal skiljer sig.\n" : "",
                  "\nRegistrerat emellan, av det som räknas i året:\n");
  for (const v1::EventCount& event : compared.events()) {
    absl::StrAppend(&text, "  ", FormatNumber(event.count()), " ",
                    WordsOf(event.kind()).several, "\n");
  }
  if (compared.events().empty()) absl::StrAppend(&text, "  inget\n");
  return text;
}

std::string RecomputedText(
    const v1::RecomputeSealedReportResponse& recomputed) {
  if (recomputed.identical()) {
    return "Rapporten blir densamma, byte för byte.\n";
  }
  std::string text = "Rapporten blir inte densamma.\n";
  if (recomputed.erasures() > 0) {
    absl::StrAppend(&text, FormatNumber(recomputed.erasures()),
                    recomputed.erasures() == 1
                        ? " deltagande har raderats sedan den fastställdes"
                        : " deltaganden har raderats sedan den fastställdes",
                    ": vad de innehöll finns inte längre.\n");
  }
  if (recomputed.definitions_changed()) {
    absl::StrAppend(&text,
                    "Definitionerna eller kodlistorna har en annan version.\n");
  }
  absl::StrAppend(&text,
                  CellTable(recomputed.cells(), recomputed.cell_count()));
  return text;
}

}  // namespace stegvis::cli
