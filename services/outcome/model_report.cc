#include "services/outcome/model_report.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/outcome/model_people.h"

namespace stegvis::outcome {
namespace {

using domain::Code;
using domain::CodeList;
using domain::Participation;
using domain::Situation;

const domain::CodeBook& Book() { return testing::TestCodeBook(); }

std::string DigitsOf(const Participation& participation) {
  return participation.number.Digits(RevealKey::For("a test's invented one"));
}

// The formulas over people.
class Model {
 public:
  Model(const World& world, const ReportRequest& request)
      : request_(request), people_(world, request) {}

  OutcomeReport Report() const;

 private:
  using Condition = std::function<bool(const Participation&)>;

  PeopleCount CountOf(const ModelRow& row, const Condition& condition) const;
  PeopleCount Individuals(const ModelRow& row) const;
  PeopleCount SumOf(const ModelRow& row,
                    const std::function<bool(const ModelCount&)>& which) const;
  Participants ParticipantsOf(const ModelRow& row, bool counts,
                              bool coverage) const;
  std::vector<OccupationRow> OccupationOf(const ModelRow& row) const;
  static void Bound(const Participants& of, OccupationRow& row);
  SupportRow SupportOf(
      const ModelRow& row, const std::string& key,
      const std::function<bool(const std::string&)>& source) const;
  std::vector<SupportRow> SourcesOf(const ModelRow& row) const;
  std::vector<SupportRow> GroupsOf(const ModelRow& row) const;
  FollowUpRow FollowUpOf(const ModelRow& row, size_t which) const;
  Block BlockOf(const ModelRow& row, bool counts, bool coverage) const;
  std::vector<FlowRow> Flows() const;
  bool CountsStand() const;
  bool CoverageStands() const;
  bool EveryVolumeHasASex() const;
  void AddBreakdown(Dimension dimension, OutcomeReport& report) const;
  std::vector<std::string> ExcludedEndReasons() const;
  std::vector<std::string> UnreadableNames() const;

  const ReportRequest& request_;
  ModelPeople people_;
};

bool WorksAfter(const Participation& p) {
  return p.exit->situation.has_value() && p.exit->situation->WorksOrStudies();
}

int HoursOf(const Situation& situation) {
  return situation.work.Halves() + situation.study.Halves();
}

std::set<std::string> SourcesOf(const std::optional<Situation>& situation) {
  std::set<std::string> sources;
  if (!situation.has_value()) return {"uppgift_saknas"};
  for (const domain::Support& support : situation->supports) {
    sources.insert(support.source);
  }
  return sources;
}

// The keys of occupation that a situation falls in.
std::set<std::string> KeysOf(const std::optional<Situation>& situation) {
  if (!situation.has_value()) return {"OVRIG"};
  if (!situation->WorksOrStudies()) {
    return {situation->seeking ? "ARBETSSOKANDE" : "OVRIG"};
  }
  std::set<std::string> keys = {"ARBETE_ELLER_STUDIER"};
  if (situation->work.Halves() > 0) keys.insert("ARBETE");
  if (situation->study.Halves() > 0) keys.insert("STUDIER");
  return keys;
}

std::optional<double> Quotient(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

PeopleCount Minus(const PeopleCount& a, const PeopleCount& b) {
  return {a.total - b.total, *a.women - *b.women, *a.men - *b.men};
}

PeopleCount Model::CountOf(const ModelRow& row,
                           const Condition& condition) const {
  PeopleCount count;
  for (const ModelItem& item : row.items) {
    if (!condition(*item.is)) continue;
    ++count.total;
    const bool woman = item.is->number.GetSex() == domain::Sex::kWoman;
    ++*(woman ? count.women : count.men);
  }
  return count;
}

PeopleCount Model::Individuals(const ModelRow& row) const {
  std::set<std::pair<size_t, std::string>> seen;
  ModelRow once;
  for (const ModelItem& item : row.items) {
    if (!people_.InBase(*item.is)) continue;
    if (seen.emplace(item.forbund, DigitsOf(*item.is)).second) {
      once.items.push_back(item);
    }
  }
  return CountOf(once, [](const Participation&) { return true; });
}

PeopleCount Model::SumOf(
    const ModelRow& row,
    const std::function<bool(const ModelCount&)>& which) const {
  PeopleCount sum;
  const bool both = !people_.Filters(Dimension::kSex);
  const bool women = row.sex != domain::Sex::kMan &&
                     people_.Passes(Dimension::kSex, {"women"});
  const bool men = row.sex != domain::Sex::kWoman &&
                   people_.Passes(Dimension::kSex, {"men"});
  for (const ModelCount& count : row.counts) {
    if (!which(count)) continue;
    const int64_t of_women = women ? count.is->women.value_or(0) : 0;
    const int64_t of_men = men ? count.is->men.value_or(0) : 0;
    *sum.women += of_women;
    *sum.men += of_men;
    sum.total +=
        both && !row.sex.has_value() ? count.is->total : of_women + of_men;
  }
  if (sum.total > 0 && *sum.women == 0 && *sum.men == 0) {
    return {sum.total, std::nullopt, std::nullopt};
  }
  return sum;
}

Participants Model::ParticipantsOf(const ModelRow& row, bool counts,
                                   bool coverage) const {
  Participants of;
  of.started = CountOf(row, [&](const auto& p) { return people_.Started(p); });
  of.ongoing = CountOf(row, [&](const auto& p) { return people_.Ongoing(p); });
  of.ended = CountOf(row, [&](const auto& p) { return people_.Ended(p); });
  of.base = CountOf(row, [&](const auto& p) { return people_.InBase(p); });
  of.individuals = Individuals(row);
  of.unreadable = static_cast<int64_t>(row.unreadable.size());
  if (!counts) return of;
  of.anonymous = SumOf(row, [](const ModelCount& count) {
    return count.is->kind == domain::CountKind::kAnonymous;
  });
  of.volume = SumOf(row, [](const ModelCount& count) {
    return count.is->kind == domain::CountKind::kVolume &&
           count.insats->orientation == domain::Orientation::kIndividual;
  });
  of.structural_volume = SumOf(row, [](const ModelCount& count) {
    return count.insats->orientation == domain::Orientation::kStructural;
  });
  PeopleCount registered = of.started;
  for (const PeopleCount& more : {*of.anonymous, *of.volume}) {
    registered.total += more.total;
    *registered.women += more.women.value_or(0);
    *registered.men += more.men.value_or(0);
  }
  if (coverage) {
    of.coverage = Quotient(of.started.total, registered.total);
  }
  if (registered.total > 0 && *registered.women + *registered.men == 0) {
    registered.women.reset();
    registered.men.reset();
  }
  of.registered = registered;
  return of;
}

std::vector<OccupationRow> Model::OccupationOf(const ModelRow& row) const {
  const int64_t base =
      CountOf(row, [&](const auto& p) { return people_.InBase(p); }).total;
  std::vector<OccupationRow> rows;
  for (const char* key : {"ARBETE_ELLER_STUDIER", "ARBETE", "STUDIER",
                          "ARBETSSOKANDE", "OVRIG"}) {
    OccupationRow made;
    made.key = key;
    made.before = CountOf(row, [&](const auto& p) {
      return people_.InBase(p) && KeysOf(p.entry.situation).count(key) > 0;
    });
    made.after = CountOf(row, [&](const auto& p) {
      return people_.InBase(p) && KeysOf(p.exit->situation).count(key) > 0;
    });
    made.share_before = Quotient(made.before.total, base);
    made.share_after = Quotient(made.after.total, base);
    if (base > 0) {
      // The roots of (p − x)² = z² x (1 − x) / n.
      const double n = static_cast<double>(base);
      const double p = *made.share_after;
      const double z2 = 1.959964 * 1.959964;
      const double middle = 2 * n * p + z2;
      const double root = std::sqrt(z2 * z2 + 4 * n * p * (1 - p) * z2);
      made.share_after_low =
          made.after.total == 0 ? 0 : (middle - root) / (2 * (n + z2));
      made.share_after_high =
          made.after.total == base ? 1 : (middle + root) / (2 * (n + z2));
    }
    rows.push_back(made);
  }
  return rows;
}

void Model::Bound(const Participants& of, OccupationRow& row) {
  const int64_t base = of.base.total;
  if (base == 0 || !of.coverage.has_value()) return;
  const int64_t others = of.anonymous->total + of.volume->total;
  row.share_after_if_others_failed = Quotient(row.after.total, base + others);
  row.share_after_if_others_succeeded =
      Quotient(row.after.total + others, base + others);
}

SupportRow Model::SupportOf(
    const ModelRow& row, const std::string& key,
    const std::function<bool(const std::string&)>& source) const {
  const auto any = [&](const std::set<std::string>& sources) {
    return std::any_of(sources.begin(), sources.end(), source);
  };
  SupportRow made;
  made.key = key;
  made.before = CountOf(row, [&](const auto& p) {
    return people_.InBase(p) && any(outcome::SourcesOf(p.entry.situation));
  });
  made.after = CountOf(row, [&](const auto& p) {
    return people_.InBase(p) && any(outcome::SourcesOf(p.exit->situation));
  });
  made.change = Minus(made.after, made.before);
  made.change_percent = Quotient(made.change.total, made.before.total);
  made.change_percentage_points = Quotient(
      made.change.total,
      CountOf(row, [&](const auto& p) { return people_.InBase(p); }).total);
  return made;
}

std::vector<SupportRow> Model::SourcesOf(const ModelRow& row) const {
  std::vector<SupportRow> rows;
  for (const Code& code : Book().Codes(CodeList::kSupportSource)) {
    rows.push_back(SupportOf(row, code.code, [&](const std::string& source) {
      return source == code.code;
    }));
    rows.back().group = code.group;
  }
  return rows;
}

std::vector<SupportRow> Model::GroupsOf(const ModelRow& row) const {
  const std::vector<std::string> groups = {"OHALSA", "ARBETSMARKNAD",
                                           "EKONOMISKT_BISTAND", "OVRIG"};
  const auto group_of = [](const std::string& source) {
    return Book().Find(CodeList::kSupportSource, source)->group;
  };
  std::vector<SupportRow> rows;
  rows.reserve(groups.size() + 1);
  for (const std::string& group : groups) {
    rows.push_back(SupportOf(row, group, [&](const std::string& source) {
      return group_of(source) == group;
    }));
  }
  rows.push_back(SupportOf(row, "ANY_PUBLIC", [&](const std::string& source) {
    return std::count(groups.begin(), groups.end(), group_of(source)) > 0;
  }));
  return rows;
}

FollowUpRow Model::FollowUpOf(const ModelRow& row, size_t which) const {
  FollowUpRow made;
  made.months = which == 0 ? 6 : 12;
  const auto answered = [&](const Participation& p) {
    return people_.Due(p, made.months) && p.follow_ups[which].has_value();
  };
  const auto with_key = [&](const char* key) {
    return CountOf(row, [&](const Participation& p) {
      return answered(p) &&
             KeysOf(p.follow_ups[which]->situation).count(key) > 0;
    });
  };
  made.due =
      CountOf(row, [&](const auto& p) { return people_.Due(p, made.months); });
  made.answered = CountOf(row, answered);
  made.work_or_study = with_key("ARBETE_ELLER_STUDIER");
  made.seeking = with_key("ARBETSSOKANDE");
  made.other = with_key("OVRIG");
  return made;
}

Block Model::BlockOf(const ModelRow& row, bool counts, bool coverage) const {
  Block block;
  block.participants = ParticipantsOf(row, counts, coverage);
  block.occupation = OccupationOf(row);
  for (OccupationRow& of : block.occupation) Bound(block.participants, of);
  block.began_or_increased.work_or_study_after = CountOf(
      row, [&](const auto& p) { return people_.InBase(p) && WorksAfter(p); });
  block.began_or_increased.began = CountOf(row, [&](const auto& p) {
    return people_.InBase(p) && WorksAfter(p) &&
           HoursOf(p.entry.situation) == 0;
  });
  block.began_or_increased.increased = CountOf(row, [&](const auto& p) {
    return people_.InBase(p) && WorksAfter(p) &&
           HoursOf(p.entry.situation) > 0 &&
           HoursOf(*p.exit->situation) > HoursOf(p.entry.situation);
  });
  block.support = SourcesOf(row);
  block.support_groups = GroupsOf(row);
  block.follow_up = {FollowUpOf(row, 0), FollowUpOf(row, 1)};
  return block;
}

std::vector<FlowRow> Model::Flows() const {
  std::vector<std::string> targets;
  for (const Code& code : Book().Codes(CodeList::kSupportSource)) {
    targets.push_back(code.code);
  }
  const std::vector<std::string> sources = targets;
  targets.insert(targets.end(), {"WORK", "STUDY"});
  const auto goes_to = [](const Participation& p, const std::string& to) {
    const std::optional<Situation>& after = p.exit->situation;
    if (to == "WORK") return after.has_value() && after->work.Halves() > 0;
    if (to == "STUDY") return after.has_value() && after->study.Halves() > 0;
    return outcome::SourcesOf(after).count(to) > 0;
  };
  std::vector<FlowRow> rows;
  for (const std::string& from : sources) {
    for (const std::string& to : targets) {
      const PeopleCount count = CountOf(people_.Whole(), [&](const auto& p) {
        return people_.InBase(p) &&
               outcome::SourcesOf(p.entry.situation).count(from) > 0 &&
               goes_to(p, to);
      });
      if (count.total > 0) rows.push_back(FlowRow{from, to, count});
    }
  }
  return rows;
}

bool Model::CountsStand() const {
  return !people_.Filters(Dimension::kAgeGroup) &&
         !people_.Filters(Dimension::kEducation) &&
         !people_.Filters(Dimension::kReferredBy) &&
         !people_.Filters(Dimension::kKommun);
}

bool Model::CoverageStands() const {
  return CountsStand() && !people_.Filters(Dimension::kSex) &&
         request_.from == Day::FirstOfYear(request_.from.Year()) &&
         request_.to == Day::LastOfYear(request_.to.Year());
}

bool Model::EveryVolumeHasASex() const {
  const std::vector<ModelCount>& counts = people_.Whole().counts;
  return std::all_of(counts.begin(), counts.end(), [](const ModelCount& count) {
    return count.is->total == 0 || count.is->women.has_value() ||
           count.insats->orientation == domain::Orientation::kStructural;
  });
}

void Model::AddBreakdown(Dimension dimension, OutcomeReport& report) const {
  const std::set<Dimension> with_counts = {
      Dimension::kSex, Dimension::kInsats, Dimension::kFocus,
      Dimension::kTargetGroup, Dimension::kForbund};
  const bool counts = CountsStand() && with_counts.count(dimension) > 0;
  const bool coverage = counts && CoverageStands() &&
                        (dimension != Dimension::kSex || EveryVolumeHasASex());
  for (const auto& [forbund, value] : people_.AllValues(dimension)) {
    const ModelRow row = people_.RowOf(dimension, forbund, value);
    BreakdownRow made{dimension, value, "", BlockOf(row, counts, coverage)};
    if (dimension == Dimension::kInsats && request_.forbund.size() > 1) {
      made.forbund = people_.ForbundNames()[forbund];
    }
    const Participants& of = made.block.participants;
    const int64_t counted = counts ? of.anonymous->total + of.volume->total +
                                         of.structural_volume->total
                                   : 0;
    if (!row.items.empty() || of.unreadable + counted > 0) {
      report.breakdowns.push_back(made);
    }
  }
}

std::vector<std::string> Model::ExcludedEndReasons() const {
  std::vector<std::string> codes = {"felregistrering"};
  for (const std::string& code : request_.excluded_end_reasons) {
    if (std::count(codes.begin(), codes.end(), code) > 0) continue;
    codes.push_back(code);
  }
  return codes;
}

std::vector<std::string> Model::UnreadableNames() const {
  std::vector<std::string> names;
  for (const ModelItem& item : people_.Whole().unreadable) {
    names.push_back(absl::StrCat("forbund/", item.key.forbund.Text(),
                                 "/insatser/", item.key.insats.Text(),
                                 "/participations/",
                                 item.key.participation.Text()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

OutcomeReport Model::Report() const {
  OutcomeReport report{
      .forbund = people_.ForbundNames(),
      .from = request_.from,
      .to = request_.to,
      .as_of = request_.as_of,
      .excluded_end_reasons = ExcludedEndReasons(),
      .filters = request_.filters,
      .whole = BlockOf(people_.Whole(), CountsStand(), CoverageStands()),
      .flows = Flows(),
      .breakdowns = {},
      .feed_position = 0,
      .code_list_version = 1,
      .unreadable_records = UnreadableNames()};
  for (int i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    const std::vector<Dimension>& asked = request_.breakdowns;
    if (std::count(asked.begin(), asked.end(), dimension) > 0) {
      AddBreakdown(dimension, report);
    }
  }
  return report;
}

}  // namespace

OutcomeReport ModelReport(const World& world, const ReportRequest& request) {
  return Model(world, request).Report();
}

}  // namespace stegvis::outcome
