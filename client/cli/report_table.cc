#include "client/cli/report_table.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "client/cli/number_format.h"
#include "client/cli/report_words.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr int kIndent = 2;
constexpr int kFlowsShown = 15;
constexpr int kForbundNamed = 3;
constexpr absl::string_view kUnknown = "\u2013";  // En dash: not known.

using Column = TextTable::Column;

Column Right(absl::string_view title) {
  return {std::string(title), Align::kRight};
}
Column Left(absl::string_view title) {
  return {std::string(title), Align::kLeft};
}

std::string Heading(absl::string_view text) {
  return absl::StrCat("\n", text, "\n");
}

std::string Number(bool known, int64_t number) {
  return known ? FormatNumber(number) : std::string(kUnknown);
}

std::string Total(const v1::PeopleCount& count) {
  return Number(count.has_total(), count.total());
}

std::string Women(const v1::PeopleCount& count) {
  return Number(count.has_women(), count.women());
}

std::string Men(const v1::PeopleCount& count) {
  return Number(count.has_men(), count.men());
}

std::string Change(const v1::PeopleCount& count) {
  return count.has_total() ? FormatChange(count.total())
                           : std::string(kUnknown);
}

template <typename Format>
std::string IfKnown(bool known, double value, const Format& format) {
  return known ? format(value) : std::string(kUnknown);
}

bool IsUnder(absl::string_view occupation) {
  return occupation == "ARBETE" || occupation == "STUDIER";
}

std::string ForbundText(const v1::OutcomeReport& report) {
  if (report.forbund_size() > kForbundNamed) {
    return absl::StrCat(FormatNumber(report.forbund_size()), " förbund");
  }
  return Printable(absl::StrJoin(report.forbund(), ", "));
}

std::string Head(const v1::OutcomeReport& report, const CodeLabels& labels) {
  std::string text = absl::StrCat(
      "Resultat för ", ForbundText(report), "\nPeriod ", report.from(), " – ",
      report.to(), ", så som det var känt ", SwedishTime(report.as_of()), "\n");
  for (const v1::Filter& filter : report.filters()) {
    absl::StrAppend(&text, "Urval: ", DimensionText(filter.dimension()), " = ",
                    Printable(DimensionValueText(filter.dimension(),
                                                 filter.value(), labels)),
                    "\n");
  }
  return text;
}

// Says loudly what the report does not hold.
std::string UnreadableWarning(const v1::OutcomeReport& report) {
  const int unreadable = report.participants().unreadable();
  if (unreadable == 0) return std::string();
  std::string text =
      absl::StrCat("\n!!! ", FormatNumber(unreadable),
                   unreadable == 1 ? " POST GÅR" : " POSTER GÅR",
                   " INTE ATT ÖPPNA OCH SAKNAS I RAPPORTEN. Larma driften.\n");
  for (const std::string& name : report.unreadable_records()) {
    absl::StrAppend(&text, "!!! ", name, "\n");
  }
  return text;
}

void AddPeople(TextTable& table, absl::string_view label,
               const v1::PeopleCount& count) {
  table.AddRow({std::string(label), Total(count), Women(count), Men(count)});
}

std::string Registered(const v1::Participants& people) {
  TextTable table(
      {Left("Deltagare"), Right("totalt"), Right("kvinnor"), Right("män")});
  if (people.has_registered()) {
    AddPeople(table, "Registrerade", people.registered());
    AddPeople(table, "  med personuppgifter", people.started());
    AddPeople(table, "  anonyma", people.anonymous());
    AddPeople(table, "  volym", people.volume());
  } else {
    AddPeople(table, "Påbörjade", people.started());
  }
  if (people.has_structural_volume() &&
      people.structural_volume().total() > 0) {
    AddPeople(table, "I strukturinsatser", people.structural_volume());
  }
  AddPeople(table, "Pågående vid periodens slut", people.ongoing());
  AddPeople(table, "Avslutade", people.ended());
  AddPeople(table, "Underlag (n)", people.base());
  AddPeople(table, "Olika personer i underlaget", people.individuals());
  return "\n" + table.Text();
}

// What every table of outcomes states.
std::string BaseText(const v1::Participants& people) {
  return absl::StrCat(
      "n = ", Total(people.base()), ", täckning ",
      people.has_coverage() ? FormatPercent(people.coverage()) : "okänd");
}

std::string Interval(const v1::OccupationRow& row) {
  if (!row.has_share_after_low() || !row.has_share_after_high()) {
    return std::string(kUnknown);
  }
  const std::string low = FormatPercent(row.share_after_low());
  return absl::StrCat(low.substr(0, low.size() - 2), "–",
                      FormatPercent(row.share_after_high()));
}

std::string ShareChange(const v1::OccupationRow& row) {
  return IfKnown(row.has_share_before() && row.has_share_after(),
                 row.share_after() - row.share_before(), FormatPoints);
}

std::string Occupation(const v1::OutcomeReport& report) {
  TextTable table({Left(""), Right("före"), Right("andel"), Right("efter"),
                   Right("andel"), Right("procentenheter"),
                   Right("95 % intervall")});
  for (const v1::OccupationRow& row : report.occupation()) {
    table.AddRow(
        {absl::StrCat(IsUnder(row.key()) ? "  " : "",
                      OccupationText(row.key())),
         Total(row.before()),
         IfKnown(row.has_share_before(), row.share_before(), FormatPercent),
         Total(row.after()),
         IfKnown(row.has_share_after(), row.share_after(), FormatPercent),
         ShareChange(row), Interval(row)});
  }
  const v1::BeganOrIncreased& began = report.began_or_increased();
  return absl::StrCat(
      Heading(absl::StrCat("Sysselsättning före och efter (",
                           BaseText(report.participants()), ")")),
      table.Text(kIndent), "  Av ", Total(began.work_or_study_after()),
      " i arbete eller studier efter har ", Total(began.began()),
      " börjat och ", Total(began.increased()), " ökat sina timmar.\n");
}

void AddSupport(TextTable& table, const std::string& label,
                const v1::SupportRow& row) {
  table.AddRow({label, Total(row.before()), Total(row.after()),
                Change(row.change()),
                IfKnown(row.has_change_percent(), row.change_percent(),
                        FormatPercentChange),
                IfKnown(row.has_change_percentage_points(),
                        row.change_percentage_points(), FormatPoints)});
}

TextTable SupportColumns() {
  return TextTable({Left(""), Right("före"), Right("efter"), Right("ändring"),
                    Right("procent"), Right("procentenheter")});
}

bool HasAny(const v1::SupportRow& row) {
  return row.before().total() != 0 || row.after().total() != 0;
}

std::string Support(const v1::OutcomeReport& report, const CodeLabels& labels) {
  TextTable table = SupportColumns();
  for (const v1::SupportRow& row : report.support()) {
    if (!HasAny(row)) continue;
    AddSupport(table, labels.Label("SUPPORT_SOURCE", row.key()), row);
  }
  TextTable groups = SupportColumns();
  for (const v1::SupportRow& row : report.support_groups()) {
    AddSupport(groups, SupportGroupText(row.key(), labels), row);
  }
  const std::string base = BaseText(report.participants());
  return absl::StrCat(
      Heading(absl::StrCat("Försörjning före och efter (", base, ")")),
      table.Text(kIndent),
      Heading(absl::StrCat("Försörjning i grupper, var och en en gång (", base,
                           ")")),
      groups.Text(kIndent));
}

std::string ShareOf(const v1::PeopleCount& part, const v1::PeopleCount& whole) {
  return IfKnown(part.has_total() && whole.total() > 0,
                 static_cast<double>(part.total()) / std::max(1, whole.total()),
                 FormatPercent);
}

std::string FollowUps(const v1::OutcomeReport& report) {
  TextTable table({Left("Månader efter"), Right("att följa upp"),
                   Right("uppföljda"), Right("andel"), Right("arbete/studier"),
                   Right("andel"), Right("arbetssökande"), Right("övrigt")});
  for (const v1::FollowUpRow& row : report.follow_up()) {
    table.AddRow({absl::StrCat(row.months()), Total(row.due()),
                  Total(row.answered()), ShareOf(row.answered(), row.due()),
                  Total(row.work_or_study()),
                  ShareOf(row.work_or_study(), row.answered()),
                  Total(row.seeking()), Total(row.other())});
  }
  return absl::StrCat(
      Heading(absl::StrCat("Uppföljning efter avslut (",
                           BaseText(report.participants()), ")")),
      table.Text(kIndent));
}

std::string Flows(const v1::OutcomeReport& report, const CodeLabels& labels) {
  std::vector<const v1::Flow*> flows;
  for (const v1::Flow& flow : report.flows()) flows.push_back(&flow);
  std::stable_sort(flows.begin(), flows.end(),
                   [](const v1::Flow* a, const v1::Flow* b) {
                     return a->count().total() > b->count().total();
                   });
  TextTable table({Left("från"), Left("till"), Right("antal")});
  for (const v1::Flow* flow : flows) {
    if (flow->from() == flow->to()) continue;  // Nothing has changed there.
    table.AddRow({labels.Label("SUPPORT_SOURCE", flow->from()),
                  FlowTargetText(flow->to(), labels), Total(flow->count())});
    if (table.Size() == kFlowsShown) break;
  }
  if (table.Empty()) return std::string();
  return absl::StrCat(
      Heading(absl::StrCat("De största förflyttningarna (",
                           BaseText(report.participants()), ")")),
      table.Text(kIndent));
}

const v1::OccupationRow* WorkOrStudy(const v1::BreakdownRow& row) {
  for (const v1::OccupationRow& occupation : row.occupation()) {
    if (occupation.key() == "ARBETE_ELLER_STUDIER") return &occupation;
  }
  return nullptr;
}

const v1::SupportRow* AnyPublic(const v1::BreakdownRow& row) {
  for (const v1::SupportRow& support : row.support_groups()) {
    if (support.key() == "ANY_PUBLIC") return &support;
  }
  return nullptr;
}

std::string RowTitle(const v1::BreakdownRow& row, const CodeLabels& labels) {
  const std::string value =
      DimensionValueText(row.dimension(), row.value(), labels);
  return row.forbund().empty() ? value
                               : absl::StrCat(row.forbund(), ": ", value);
}

void AddBreakdownRow(TextTable& table, const v1::BreakdownRow& row,
                     const CodeLabels& labels) {
  const v1::Participants& people = row.participants();
  const v1::OccupationRow none;
  const v1::OccupationRow* work = WorkOrStudy(row);
  if (work == nullptr) work = &none;
  const v1::SupportRow* any = AnyPublic(row);
  table.AddRow(
      {RowTitle(row, labels),
       people.has_registered() ? Total(people.registered())
                               : Total(people.started()),
       IfKnown(people.has_coverage(), people.coverage(), FormatPercent),
       Total(people.base()),
       IfKnown(work->has_share_before(), work->share_before(), FormatPercent),
       IfKnown(work->has_share_after(), work->share_after(), FormatPercent),
       ShareChange(*work), Interval(*work),
       IfKnown(any != nullptr && any->has_change_percentage_points(),
               any != nullptr ? any->change_percentage_points() : 0,
               FormatPoints)});
}

std::string Breakdowns(const v1::OutcomeReport& report,
                       const CodeLabels& labels) {
  std::string text;
  for (int i = 0; i < report.breakdowns_size();) {
    const std::string& dimension = report.breakdowns(i).dimension();
    TextTable table({Left(""), Right("deltagare"), Right("täckning"),
                     Right("n"), Right("före"), Right("efter"), Right("p.e."),
                     Right("95 % intervall"),
                     Right("offentlig försörjning, p.e.")});
    for (; i < report.breakdowns_size() &&
           report.breakdowns(i).dimension() == dimension;
         ++i) {
      AddBreakdownRow(table, report.breakdowns(i), labels);
    }
    absl::StrAppend(&text,
                    Heading(absl::StrCat("Arbete eller studier, uppdelat på ",
                                         DimensionText(dimension))),
                    table.Text(kIndent));
  }
  return text;
}

std::string Excluded(const v1::OutcomeReport& report,
                     const CodeLabels& labels) {
  std::vector<std::string> reasons;
  for (const std::string& code : report.excluded_end_reasons()) {
    reasons.push_back(labels.Label("END_REASON", code));
  }
  return reasons.empty() ? "ingen" : absl::StrJoin(reasons, ", ");
}

std::string Foot(const v1::OutcomeReport& report, const CodeLabels& labels) {
  return absl::StrCat(
      "\nSå räknas det\n"
      "  Underlag (n): deltaganden avslutade under perioden, utom "
      "avslutsanledning: ",
      Printable(Excluded(report, labels)),
      ".\n"
      "  Täckning: påbörjade med personuppgifter av alla registrerade.\n"
      "  Före och efter: situationen vid start och vid avslut för samma "
      "personer.\n"
      "  Andel: av underlaget. Intervallet är Wilsons, 95 procent, för andelen "
      "efter.\n"
      "  Procent: ändringen av antalet före. Procentenheter (p.e.): ändringen "
      "av underlaget.\n"
      "  Försörjning: den som har flera källor räknas i var och en.\n"
      "  Börjat: varken arbete eller studier före. Ökat: fler timmar än före.\n"
      "  Streck (–): okänt eller går inte att räkna.\n"
      "Kodlistor version ",
      report.code_list_version(), ", ändringsläge ", report.feed_position(),
      ".\n");
}

}  // namespace

std::string ReportTable(const v1::OutcomeReport& report,
                        const CodeLabels& labels) {
  return absl::StrCat(Head(report, labels), UnreadableWarning(report),
                      Registered(report.participants()), Occupation(report),
                      Support(report, labels), FollowUps(report),
                      Flows(report, labels), Breakdowns(report, labels),
                      Foot(report, labels));
}

}  // namespace stegvis::cli
