#include "services/outcome/test_world.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/outcome/make_report.h"

namespace stegvis::outcome {
namespace {

using storage::ScannedVersion;
using storage::Versioned;
using testing::TestId;

template <typename T>
const T& Existing(const T* found) {
  if (found == nullptr) std::abort();
  return *found;
}

template <typename Row>
const Row& ByKey(const std::vector<Row>& rows, const std::string& key) {
  const auto found = std::find_if(
      rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
  return Existing(found == rows.end() ? nullptr : &*found);
}

ParticipationId ParticipationNumber(uint32_t number) {
  IdBytes bytes{};
  for (size_t i = 0; i < 4; ++i) {
    bytes[12 + i] = static_cast<uint8_t>(number >> (24 - 8 * i));
  }
  return ParticipationId::FromBytes(bytes);
}

template <typename T>
Versioned<T> VersionOf(const T& value, absl::string_view known) {
  const absl::Time moment = NoonOf(known);
  return Versioned<T>{value, 1, moment, moment, moment, {}};
}

std::string TextOf(const std::optional<double>& number) {
  return number.has_value() ? absl::StrFormat("%.12g", *number) : "-";
}

std::string TextOf(const std::optional<PeopleCount>& count) {
  return count.has_value() ? TextOf(*count) : "-";
}

std::string TextOf(const Participants& of) {
  return absl::StrCat(
      "started ", TextOf(of.started), " ongoing ", TextOf(of.ongoing),
      " ended ", TextOf(of.ended), " base ", TextOf(of.base), " individuals ",
      TextOf(of.individuals), "\nanonymous ", TextOf(of.anonymous), " volume ",
      TextOf(of.volume), " structural ", TextOf(of.structural_volume),
      " registered ", TextOf(of.registered), " unreadable ", of.unreadable,
      " coverage ", TextOf(of.coverage), "\n");
}

std::string TextOf(const SupportRow& row) {
  return absl::StrCat(row.key, " (", row.group, ") ", TextOf(row.before), " → ",
                      TextOf(row.after), " = ", TextOf(row.change), " ",
                      TextOf(row.change_percent), " ",
                      TextOf(row.change_percentage_points), "\n");
}

std::string TextOf(const OccupationRow& row) {
  return absl::StrCat(
      row.key, " ", TextOf(row.before), " → ", TextOf(row.after), " ",
      TextOf(row.share_before), " → ", TextOf(row.share_after), " [",
      TextOf(row.share_after_low), ", ", TextOf(row.share_after_high), "] ",
      TextOf(row.share_after_if_others_failed), " – ",
      TextOf(row.share_after_if_others_succeeded), "\n");
}

std::string TextOf(const FollowUpRow& row) {
  return absl::StrCat(row.months, " months: due ", TextOf(row.due),
                      " answered ", TextOf(row.answered), " work ",
                      TextOf(row.work_or_study), " seeking ",
                      TextOf(row.seeking), " other ", TextOf(row.other), "\n");
}

std::string TextOf(const Block& block) {
  std::string text = TextOf(block.participants);
  for (const OccupationRow& row : block.occupation) text += TextOf(row);
  const BeganOrIncreased& began = block.began_or_increased;
  absl::StrAppend(&text, "after ", TextOf(began.work_or_study_after), " began ",
                  TextOf(began.began), " increased ", TextOf(began.increased),
                  "\n");
  for (const SupportRow& row : block.support) text += TextOf(row);
  for (const SupportRow& row : block.support_groups) text += TextOf(row);
  for (const FollowUpRow& row : block.follow_up) text += TextOf(row);
  return text;
}

}  // namespace

absl::Time NoonOf(absl::string_view iso) {
  return absl::FromUnixSeconds(int64_t{testing::On(iso).Number()} * 86400 +
                               43200);
}

World::World() {
  AddForbund("Prov");
  AddInsats(testing::AnInsats().Build());
}

size_t World::AddForbund(const std::string& name) {
  const auto number = static_cast<uint8_t>(forbund_.size() + 1);
  forbund_.push_back(
      WorldForbund{TestId<ForbundId>(number), name, {}, {}, {}, {}});
  return forbund_.size() - 1;
}

void World::AddInsats(const domain::Insats& insats, absl::string_view known,
                      size_t forbund) {
  forbund_[forbund].insatser.push_back(VersionOf(insats, known));
}

void World::AddCount(const domain::Count& count, absl::string_view known,
                     size_t forbund) {
  forbund_[forbund].counts.push_back(VersionOf(count, known));
}

ParticipationId World::Register(const testing::ARegistration& registration,
                                absl::string_view known, InsatsId insats,
                                size_t forbund) {
  const ParticipationId id = ParticipationNumber(next_participation_++);
  forbund_[forbund].versions.push_back(
      WorldVersion{{forbund_[forbund].id, insats, id},
                   1,
                   NoonOf(known),
                   testing::AParticipation()
                       .WithId(id)
                       .In(insats)
                       .As(registration)
                       .Build()});
  return id;
}

WorldVersion World::NextVersion(ParticipationId id, absl::string_view known,
                                size_t& forbund) const {
  for (forbund = 0; forbund < forbund_.size(); ++forbund) {
    const std::vector<WorldVersion>& versions = forbund_[forbund].versions;
    const auto newest = std::find_if(versions.rbegin(), versions.rend(),
                                     [&](const WorldVersion& version) {
                                       return version.key.participation == id;
                                     });
    if (newest == versions.rend()) continue;
    return WorldVersion{newest->key, newest->version + 1, NoonOf(known), {}};
  }
  std::abort();
}

void World::Correct(ParticipationId id,
                    const testing::ARegistration& registration,
                    absl::string_view known) {
  size_t forbund = 0;
  WorldVersion version = NextVersion(id, known, forbund);
  version.participation = testing::AParticipation()
                              .WithId(id)
                              .In(version.key.insats)
                              .As(registration)
                              .Build();
  forbund_[forbund].versions.push_back(std::move(version));
}

void World::Spoil(ParticipationId id, absl::string_view known) {
  size_t forbund = 0;
  WorldVersion version = NextVersion(id, known, forbund);
  forbund_[forbund].versions.push_back(std::move(version));
}

FactTable World::Table() const {
  absl::StatusOr<FactTable> table = FactTable::Create(testing::TestCodeBook());
  if (!table.ok()) std::abort();
  for (const WorldForbund& forbund : forbund_) {
    auto facts = std::make_unique<ForbundFacts>(forbund.id, table->Codes());
    domain::Forbund described = testing::AForbund().Build();
    described.display_name = forbund.name;
    described.end = forbund.end;
    facts->SetForbund(described);
    facts->SetInsatser(forbund.insatser);
    facts->SetCounts(forbund.counts, {});
    for (const WorldVersion& version : forbund.versions) {
      facts->Add(ScannedVersion{version.key,
                                version.version,
                                {},
                                version.known_from,
                                version.participation.has_value()
                                    ? &*version.participation
                                    : nullptr});
    }
    table->Put(std::move(facts));
  }
  return *std::move(table);
}

OutcomeReport World::Report(const ReportRequest& request) const {
  absl::StatusOr<OutcomeReport> report = MakeReport(Table(), request);
  if (!report.ok()) std::abort();
  return *std::move(report);
}

ReportRequest YearRequest(int year) {
  return ReportRequest{{TestId<ForbundId>(1)},
                       /*forbund_named=*/true,
                       Day::FirstOfYear(year),
                       Day::LastOfYear(year),
                       {},
                       {},
                       {},
                       NoonOf("2030-01-01")};
}

domain::PersonNumber Woman(int number, absl::string_view birth) {
  return testing::ValidNumber(testing::On(birth), 2 * number);
}

domain::PersonNumber Man(int number, absl::string_view birth) {
  return testing::ValidNumber(testing::On(birth), 2 * number + 1);
}

const Block* FindRow(const OutcomeReport& report, Dimension dimension,
                     const std::string& value) {
  for (const BreakdownRow& row : report.breakdowns) {
    if (row.dimension == dimension && row.value == value) return &row.block;
  }
  return nullptr;
}

const OccupationRow& Occupation(const Block& block, const std::string& key) {
  return ByKey(block.occupation, key);
}

const SupportRow& Source(const Block& block, const std::string& key) {
  return ByKey(block.support, key);
}

const SupportRow& Group(const Block& block, const std::string& key) {
  return ByKey(block.support_groups, key);
}

std::string TextOf(const PeopleCount& count) {
  if (!count.women.has_value()) return absl::StrCat(count.total, " (?)");
  return absl::StrCat(count.total, " (", *count.women, "w ", *count.men, "m)");
}

void PrintTo(const PeopleCount& count, std::ostream* out) {
  *out << TextOf(count);
}

std::string TextOf(const OutcomeReport& report) {
  std::string text = absl::StrCat(
      absl::StrJoin(report.forbund, ", "), " ", report.from.Text(), "–",
      report.to.Text(), " as of ", absl::FormatTime(report.as_of), " without ",
      absl::StrJoin(report.excluded_end_reasons, ", "), "\n",
      TextOf(report.whole));
  for (const FlowRow& row : report.flows) {
    absl::StrAppend(&text, row.from, " → ", row.to, " ", TextOf(row.count),
                    "\n");
  }
  for (const BreakdownRow& row : report.breakdowns) {
    absl::StrAppend(&text, "== ", DimensionName(row.dimension), " '", row.value,
                    "' ", row.forbund, "\n", TextOf(row.block));
  }
  absl::StrAppend(&text, absl::StrJoin(report.unreadable_records, "\n"));
  return text;
}

}  // namespace stegvis::outcome
