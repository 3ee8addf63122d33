#include "client/cli/report_tables.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/cli/number_format.h"
#include "client/cli/report_notes.h"
#include "client/cli/report_words.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

TableCell Text(const std::string& text) { return {Printable(text), {}, {}}; }

TableCell Number(const Figure& figure) { return {"", figure, {}}; }

TableCell Range(const Figure& low, const Figure& high) {
  return {"", low, high};
}

TableRow Row(std::vector<TableCell> cells, int level = 0) {
  return {level, std::move(cells)};
}

// Shares of a base, as far as it is large enough.
class Shares {
 public:
  Shares(const v1::Participants& people, int least)
      : base_(people.base()), least_(least) {}

  Figure Of(bool has, double value,
            std::initializer_list<const v1::PeopleCount*> counts) const {
    Figure share = Derived(has, value, counts);
    if (!has && TotalOf(base_).state == Figure::State::kWithheld) {
      share.state = Figure::State::kWithheld;
    }
    return UnlessTooFew(share, base_, least_);
  }
  Figure Before(const v1::OccupationRow& row) const {
    return Of(row.has_share_before(), row.share_before(), {&row.before()});
  }
  Figure After(const v1::OccupationRow& row) const {
    return Of(row.has_share_after(), row.share_after(), {&row.after()});
  }
  Figure Change(const v1::OccupationRow& row) const {
    return Of(row.has_share_before() && row.has_share_after(),
              row.share_after() - row.share_before(),
              {&row.before(), &row.after()});
  }
  TableCell Interval(const v1::OccupationRow& row) const {
    return Range(
        Of(row.has_share_after_low(), row.share_after_low(), {&row.after()}),
        Of(row.has_share_after_high(), row.share_after_high(), {&row.after()}));
  }
  // With those of whom nobody knows.
  TableCell Bounds(const v1::OccupationRow& row,
                   const v1::Participants& people) const {
    const auto bound = [&](bool has, double value) {
      return UnlessTooFew(BoundOf(has, value, row.after(), people), base_,
                          least_);
    };
    return Range(bound(row.has_share_after_if_others_failed(),
                       row.share_after_if_others_failed()),
                 bound(row.has_share_after_if_others_succeeded(),
                       row.share_after_if_others_succeeded()));
  }

 private:
  const v1::PeopleCount& base_;
  const int least_;
};

// What every table of outcomes states.
std::string BaseText(const v1::Participants& people) {
  const Figure coverage = CoverageOf(people);
  return absl::StrCat("n = ", FigureText(Shape::kCount, TotalOf(people.base())),
                      ", täckning ",
                      coverage.state == Figure::State::kUnknown
                          ? "okänd"
                          : FigureText(Shape::kShare, coverage));
}

ReportTableData Outcome(std::string key, std::string title,
                        const v1::OutcomeReport& report) {
  ReportTableData table;
  table.key = std::move(key);
  table.title = std::move(title);
  table.base = BaseText(report.participants());
  return table;
}

void AddPeople(const std::string& label, const v1::PeopleCount& count,
               ReportTableData& table, int level = 0) {
  table.rows.push_back(Row({Text(label), Number(TotalOf(count)),
                            Number(WomenOf(count)), Number(MenOf(count))},
                           level));
}

ReportTableData ParticipantsTable(const v1::Participants& people) {
  ReportTableData table;
  table.key = "participants";
  table.title = "Deltagare";
  table.columns = {{"Deltagare"},
                   {"totalt", Shape::kCount},
                   {"kvinnor", Shape::kCount},
                   {"män", Shape::kCount}};
  if (people.has_registered()) {
    AddPeople("Registrerade", people.registered(), table);
    AddPeople("med personuppgifter", people.started(), table, 1);
    AddPeople("anonyma", people.anonymous(), table, 1);
    AddPeople("volym", people.volume(), table, 1);
  } else {
    AddPeople("Påbörjade", people.started(), table);
  }
  if (people.has_structural_volume() &&
      (people.structural_volume().total() > 0 ||
       !TotalOf(people.structural_volume()).Known())) {
    AddPeople("I strukturinsatser", people.structural_volume(), table);
  }
  AddPeople("Pågående vid periodens slut", people.ongoing(), table);
  AddPeople("Avslutade", people.ended(), table);
  AddPeople("Underlag (n)", people.base(), table);
  AddPeople("Olika personer i underlaget", people.individuals(), table);
  return table;
}

ReportTableData OccupationTable(const v1::OutcomeReport& report, int least) {
  ReportTableData table =
      Outcome("occupation", "Sysselsättning före och efter", report);
  table.columns = {{""},
                   {"före", Shape::kCount},
                   {"andel", Shape::kShare},
                   {"efter", Shape::kCount},
                   {"andel", Shape::kShare},
                   {"procentenheter", Shape::kPoints},
                   {"95 % intervall", Shape::kInterval},
                   {"grova gränser", Shape::kInterval}};
  const Shares shares(report.participants(), least);
  for (const v1::OccupationRow& row : report.occupation()) {
    const bool under = row.key() == "ARBETE" || row.key() == "STUDIER";
    table.rows.push_back(
        Row({Text(OccupationText(row.key())), Number(TotalOf(row.before())),
             Number(shares.Before(row)), Number(TotalOf(row.after())),
             Number(shares.After(row)), Number(shares.Change(row)),
             shares.Interval(row), shares.Bounds(row, report.participants())},
            under ? 1 : 0));
  }
  const v1::BeganOrIncreased& began = report.began_or_increased();
  const auto count = [](const v1::PeopleCount& people) {
    return FigureText(Shape::kCount, TotalOf(people));
  };
  table.note = absl::StrCat("Av ", count(began.work_or_study_after()),
                            " i arbete eller studier efter har ",
                            count(began.began()), " börjat och ",
                            count(began.increased()), " ökat sina timmar.");
  return table;
}

TableRow SupportCells(const std::string& label, const v1::SupportRow& row,
                      const v1::OutcomeReport& report, int least) {
  const Shares shares(report.participants(), least);
  const Figure percent = Derived(row.has_change_percent(), row.change_percent(),
                                 {&row.before(), &row.after()});
  return Row({Text(label), Number(TotalOf(row.before())),
              Number(TotalOf(row.after())), Number(TotalOf(row.change())),
              Number(UnlessTooFew(percent, row.before(), least)),
              Number(shares.Of(row.has_change_percentage_points(),
                               row.change_percentage_points(),
                               {&row.before(), &row.after()}))});
}

std::vector<TableColumn> SupportColumns() {
  return {{""},
          {"före", Shape::kCount},
          {"efter", Shape::kCount},
          {"ändring", Shape::kChange},
          {"procent", Shape::kPercentChange},
          {"procentenheter", Shape::kPoints}};
}

// Known to be nobody, before and after.
bool IsNobody(const v1::SupportRow& row) {
  const Figure before = TotalOf(row.before()), after = TotalOf(row.after());
  return before.Known() && after.Known() && before.value == 0 &&
         after.value == 0;
}

ReportTableData SupportTable(const v1::OutcomeReport& report,
                             const CodeLabels& labels, int least) {
  ReportTableData table =
      Outcome("support", "Försörjning före och efter", report);
  table.columns = SupportColumns();
  for (const v1::SupportRow& row : report.support()) {
    if (IsNobody(row)) continue;
    table.rows.push_back(SupportCells(labels.Label("SUPPORT_SOURCE", row.key()),
                                      row, report, least));
  }
  return table;
}

ReportTableData GroupsTable(const v1::OutcomeReport& report,
                            const CodeLabels& labels, int least) {
  ReportTableData table = Outcome(
      "support-groups", "Försörjning i grupper, var och en en gång", report);
  table.columns = SupportColumns();
  for (const v1::SupportRow& row : report.support_groups()) {
    table.rows.push_back(
        SupportCells(SupportGroupText(row.key(), labels), row, report, least));
  }
  return table;
}

ReportTableData FollowUpTable(const v1::OutcomeReport& report, int least) {
  ReportTableData table =
      Outcome("follow-up", "Uppföljning efter avslut", report);
  table.columns = {{"Månader efter"},
                   {"att följa upp", Shape::kCount},
                   {"uppföljda", Shape::kCount},
                   {"andel", Shape::kShare},
                   {"arbete/studier", Shape::kCount},
                   {"andel", Shape::kShare},
                   {"arbetssökande", Shape::kCount},
                   {"övrigt", Shape::kCount}};
  const auto share = [&](const v1::PeopleCount& part,
                         const v1::PeopleCount& whole) {
    return Number(UnlessTooFew(ShareOf(part, whole), whole, least));
  };
  for (const v1::FollowUpRow& row : report.follow_up()) {
    table.rows.push_back(
        Row({Text(absl::StrCat(row.months())), Number(TotalOf(row.due())),
             Number(TotalOf(row.answered())), share(row.answered(), row.due()),
             Number(TotalOf(row.work_or_study())),
             share(row.work_or_study(), row.answered()),
             Number(TotalOf(row.seeking())), Number(TotalOf(row.other()))}));
  }
  return table;
}

ReportTableData FlowsTable(const v1::OutcomeReport& report,
                           const CodeLabels& labels) {
  ReportTableData table = Outcome(
      "flows", "Förflyttningar från försörjning till försörjning", report);
  table.columns = {{"från"}, {"till"}, {"antal", Shape::kCount}};
  std::vector<const v1::Flow*> flows;
  for (const v1::Flow& flow : report.flows()) flows.push_back(&flow);
  std::stable_sort(flows.begin(), flows.end(),
                   [](const v1::Flow* a, const v1::Flow* b) {
                     return a->count().total() > b->count().total();
                   });
  for (const v1::Flow* flow : flows) {
    table.rows.push_back(
        Row({Text(labels.Label("SUPPORT_SOURCE", flow->from())),
             Text(FlowTargetText(flow->to(), labels)),
             Number(TotalOf(flow->count()))}));
  }
  return table;
}

const v1::SupportRow& AnyPublicOf(const v1::BreakdownRow& row) {
  for (const v1::SupportRow& support : row.support_groups()) {
    if (support.key() == "ANY_PUBLIC") return support;
  }
  return v1::SupportRow::default_instance();
}

TableRow BreakdownCells(const v1::BreakdownRow& row, const CodeLabels& labels,
                        int least) {
  const v1::Participants& people = row.participants();
  const v1::OccupationRow& work = WorkOrStudyOf(row.occupation());
  const v1::SupportRow& any = AnyPublicOf(row);
  const Shares shares(people, least);
  return Row({Text(BreakdownRowTitle(row, labels)),
              Number(TotalOf(people.has_registered() ? people.registered()
                                                     : people.started())),
              Number(CoverageOf(people)), Number(TotalOf(people.base())),
              Number(shares.Before(work)), Number(shares.After(work)),
              Number(shares.Change(work)), shares.Interval(work),
              shares.Bounds(work, people),
              Number(shares.Of(any.has_change_percentage_points(),
                               any.change_percentage_points(),
                               {&any.before(), &any.after()}))});
}

ReportTableData BreakdownTable(const std::string& dimension) {
  ReportTableData table;
  table.key = absl::StrCat("breakdown-", dimension);
  table.dimension = dimension;
  table.title = absl::StrCat("Arbete eller studier, uppdelat på ",
                             DimensionText(dimension));
  table.columns = {{""},
                   {"deltagare", Shape::kCount},
                   {"täckning", Shape::kShare},
                   {"n", Shape::kCount},
                   {"före", Shape::kShare},
                   {"efter", Shape::kShare},
                   {"p.e.", Shape::kPoints},
                   {"95 % intervall", Shape::kInterval},
                   {"grova gränser", Shape::kInterval, true},
                   {"offentlig försörjning, p.e.", Shape::kPoints}};
  return table;
}

// A table for each dimension, in the order of the report.
std::vector<ReportTableData> BreakdownTables(const v1::OutcomeReport& report,
                                             const CodeLabels& labels,
                                             int least) {
  std::vector<ReportTableData> tables;
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    if (tables.empty() || tables.back().dimension != row.dimension()) {
      tables.push_back(BreakdownTable(row.dimension()));
    }
    tables.back().rows.push_back(BreakdownCells(row, labels, least));
  }
  return tables;
}

}  // namespace

const v1::OccupationRow& WorkOrStudyOf(
    const google::protobuf::RepeatedPtrField<v1::OccupationRow>& rows) {
  for (const v1::OccupationRow& row : rows) {
    if (row.key() == "ARBETE_ELLER_STUDIER") return row;
  }
  return v1::OccupationRow::default_instance();
}

ReportTableData WithEveryYear(const ReportTableData& table) {
  ReportTableData every = table;
  every.rows.clear();
  int expected = 0;
  for (const TableRow& row : table.rows) {
    int year = 0;
    const bool known = absl::SimpleAtoi(row.cells[0].text, &year);
    while (known && expected != 0 && expected < year) {
      TableRow missing = {0, std::vector<TableCell>(row.cells.size())};
      missing.cells[0].text = absl::StrCat(expected++);
      every.rows.push_back(std::move(missing));
    }
    every.rows.push_back(row);
    if (known) expected = year + 1;
  }
  return every;
}

std::string BreakdownRowTitle(const v1::BreakdownRow& row,
                              const CodeLabels& labels) {
  const std::string value =
      Printable(DimensionValueText(row.dimension(), row.value(), labels));
  return row.forbund().empty()
             ? value
             : absl::StrCat(Printable(row.forbund()), ": ", value);
}

ReportPages MakePages(const v1::OutcomeReport& given, const CodeLabels& labels,
                      int least_base) {
  const v1::OutcomeReport report = WithWithheldNamed(given);
  ReportPages pages = MakeNotes(given, labels, least_base);
  pages.participants = ParticipantsTable(report.participants());
  if (!IsBaseAlone(given)) {
    pages.outcomes = {OccupationTable(report, least_base),
                      SupportTable(report, labels, least_base),
                      GroupsTable(report, labels, least_base),
                      FollowUpTable(report, least_base),
                      FlowsTable(report, labels)};
  }
  pages.breakdowns = BreakdownTables(report, labels, least_base);
  return pages;
}

}  // namespace stegvis::cli
