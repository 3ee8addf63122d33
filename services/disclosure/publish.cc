#include "services/disclosure/publish.h"

#include <utility>
#include <vector>

namespace stegvis::disclosure {

using outcome::Block;

// Reads the marks of one block.
class Publisher {
 public:
  Publisher(const BlockCells& block, const Measures& measures,
            const ReleaseModel& model)
      : block_(block), measures_(measures), model_(model) {}

  PublishableCount Count(Measure measure) const {
    return {Cell(measure, Sex::kBoth), Cell(measure, Sex::kWomen),
            Cell(measure, Sex::kMen)};
  }

  outcome::BlockOf<PublishableCount> Make(const Block& block) const {
    outcome::BlockOf<PublishableCount> made;
    made.participants.base = Count(kBase);
    if (block_.base_alone) return made;
    made.participants = Participants(block.participants);
    for (size_t i = 0; i < block.occupation.size(); ++i) {
      made.occupation.push_back(Occupation(block.occupation[i], i));
    }
    made.began_or_increased = {Count(kOccupationAfter + kWorkOrStudy),
                               Count(kBegan), Count(kIncreased)};
    for (const outcome::SupportRow& row : block.support) {
      made.support.push_back(Support(row, /*is_group=*/false));
    }
    for (const outcome::SupportRow& row : block.support_groups) {
      made.support_groups.push_back(Support(row, /*is_group=*/true));
    }
    for (const outcome::FollowUpRow& row : block.follow_up) {
      made.follow_up.push_back(FollowUp(row.months));
    }
    return made;
  }

  // A pair of 5 or more; nothing for the others.
  static std::optional<PublishableCount> Flow(CellId cell,
                                              const ReleaseModel& model) {
    PublishableCount count;
    count.total = Cell(cell, model);
    if (!count.total.has_value()) return std::nullopt;
    return count;
  }

 private:
  static std::optional<PublishableCell> Cell(CellId cell,
                                             const ReleaseModel& model) {
    if (cell == kNoCell) return std::nullopt;
    const disclosure::Cell& it = model.At(cell);
    switch (it.shown) {
      case Shown::kPrinted:
        return PublishableCell(it.value);
      case Shown::kWithheld:
        return PublishableCell(std::nullopt);
      case Shown::kHidden:
        return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<PublishableCell> Cell(Measure measure, Sex sex) const {
    return Cell(model_.CellAt(block_.id, SlotOf(measure, sex)), model_);
  }

  std::optional<PublishableCount> Unnamed(Measure measure) const {
    const PublishableCount count = Count(measure);
    if (count.Empty()) return std::nullopt;
    return count;
  }

  // Whether both sexes' number is printed.
  bool Stands(Measure measure) const {
    const CellId cell = model_.CellAt(block_.id, SlotOf(measure, Sex::kBoth));
    return cell == kNoCell || model_.At(cell).shown == Shown::kPrinted;
  }
  // `number`, which is worked out of `measures`.
  std::optional<double> If(std::initializer_list<Measure> measures,
                           std::optional<double> number) const {
    for (const Measure measure : measures) {
      if (!Stands(measure)) return std::nullopt;
    }
    return number;
  }

  outcome::ParticipantsOf<PublishableCount> Participants(
      const outcome::Participants& from) const {
    outcome::ParticipantsOf<PublishableCount> made;
    made.started = Count(kStarted);
    made.ongoing = Count(kOngoing);
    made.ended = Count(kBase);
    made.base = Count(kBase);
    made.individuals = Count(kIndividuals);
    made.anonymous = Unnamed(kAnonymous);
    made.volume = Unnamed(kVolume);
    made.structural_volume = Unnamed(kStructuralVolume);
    made.registered = Unnamed(kRegistered);
    made.coverage = If({kStarted, kRegistered}, from.coverage);
    return made;
  }

  outcome::OccupationRowOf<PublishableCount> Occupation(
      const outcome::OccupationRow& row, size_t key) const {
    const Measure before = kOccupationBefore + key;
    const Measure after = kOccupationAfter + key;
    outcome::OccupationRowOf<PublishableCount> made;
    made.key = row.key;
    made.before = Count(before);
    made.after = Count(after);
    made.share_before = If({kBase, before}, row.share_before);
    made.share_after = If({kBase, after}, row.share_after);
    made.share_after_low = If({kBase, after}, row.share_after_low);
    made.share_after_high = If({kBase, after}, row.share_after_high);
    made.share_after_if_others_failed = If({kBase, after, kAnonymous, kVolume},
                                           row.share_after_if_others_failed);
    made.share_after_if_others_succeeded =
        If({kBase, after, kAnonymous, kVolume},
           row.share_after_if_others_succeeded);
    return made;
  }

  outcome::SupportRowOf<PublishableCount> Support(
      const outcome::SupportRow& row, bool is_group) const {
    const size_t support = *measures_.Find(row.key, is_group);
    const Measure before = measures_.Before(support);
    const Measure after = measures_.After(support);
    outcome::SupportRowOf<PublishableCount> made;
    made.key = row.key;
    made.group = row.group;
    made.before = Count(before);
    made.after = Count(after);
    made.change = {Difference(after, before, Sex::kBoth),
                   Difference(after, before, Sex::kWomen),
                   Difference(after, before, Sex::kMen)};
    made.change_percent = If({before, after}, row.change_percent);
    made.change_percentage_points =
        If({kBase, before, after}, row.change_percentage_points);
    return made;
  }

  std::optional<PublishableCell> Difference(Measure after, Measure before,
                                            Sex sex) const {
    const std::optional<PublishableCell> a = Cell(after, sex);
    const std::optional<PublishableCell> b = Cell(before, sex);
    if (!a.has_value() || !b.has_value()) return std::nullopt;
    if (!a->Number().has_value() || !b->Number().has_value()) {
      return PublishableCell(std::nullopt);
    }
    return PublishableCell(*a->Number() - *b->Number());
  }

  outcome::FollowUpRowOf<PublishableCount> FollowUp(int months) const {
    const Measure first = months == 6 ? kMonth6 : kMonth12;
    return {months,
            Count(first + kDue),
            Count(first + kAnswered),
            Count(first + kAnsweredWorkOrStudy),
            Count(first + kAnsweredSeeking),
            Count(first + kAnsweredOther)};
  }

  BlockCells block_;
  const Measures& measures_;
  const ReleaseModel& model_;
};

namespace {

std::string KeyOf(Measure measure, const Measures& measures) {
  if (measure == kOccupationAfter + kWork) return "WORK";
  if (measure == kOccupationAfter + kStudy) return "STUDY";
  return measures.SupportKeys()[(measure - kFirstOfSupport) / 2].key;
}

}  // namespace

PublishableReport Publish(const ReportCells& cells, const Measures& measures,
                          const ReleaseModel& model) {
  const outcome::OutcomeReport& from = *cells.report;
  PublishableReport report{from.forbund,
                           from.from,
                           from.to,
                           from.as_of,
                           from.excluded_end_reasons,
                           {},
                           {},
                           {},
                           {},
                           0,
                           from.code_list_version,
                           {}};
  report.whole = Publisher(cells.whole, measures, model).Make(from.whole);
  for (const FlowCell& flow : cells.flows) {
    if (!flow.in_report) continue;
    const auto count = Publisher::Flow(flow.total, model);
    if (!count.has_value()) continue;
    report.flows.push_back(
        {KeyOf(flow.from, measures), KeyOf(flow.to, measures), *count});
  }
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const outcome::BreakdownRow& row = from.breakdowns[i];
    report.breakdowns.push_back(
        {row.dimension, row.value, row.forbund,
         Publisher(cells.rows[i], measures, model).Make(row.block)});
  }
  return report;
}

}  // namespace stegvis::disclosure
