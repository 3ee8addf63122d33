// The table against the model, on worlds drawn at random. A failure tells the
// seed, and the first line that differs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_split.h"
#include "services/outcome/make_report.h"
#include "services/outcome/model_report.h"
#include "services/outcome/random_world.h"

namespace stegvis::outcome {
namespace {

std::vector<std::string> LinesOf(OutcomeReport report) {
  std::sort(report.unreadable_records.begin(), report.unreadable_records.end());
  return absl::StrSplit(TextOf(report), '\n');
}

void ExpectSame(const OutcomeReport& is, const OutcomeReport& should_be) {
  const std::vector<std::string> lines = LinesOf(is);
  const std::vector<std::string> model = LinesOf(should_be);
  for (size_t i = 0; i < std::min(lines.size(), model.size()); ++i) {
    ASSERT_EQ(lines[i], model[i]) << "line " << i << " of\n" << TextOf(is);
  }
  ASSERT_EQ(lines.size(), model.size());
}

TEST(MakeReport, GivesWhatTheDefinitionsSayForRandomPeople) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const World world = RandomWorld(random, /*participations=*/60);
    const FactTable table = world.Table();
    for (int i = 0; i < 8 && !::testing::Test::HasFailure(); ++i) {
      const ReportRequest request = RandomRequest(random);

      const OutcomeReport model = ModelReport(world, request);

      // By one thread, by some, and by more than there are förbund.
      for (const size_t threads : {size_t{1}, size_t{2}, size_t{9}}) {
        const absl::StatusOr<OutcomeReport> report =
            MakeReport(table, request, Parallelism{threads, 1});

        ASSERT_TRUE(report.ok()) << report.status();
        ExpectSame(*report, model);
      }
    }
  }
}

// Sums that must agree in every block, whatever the definitions of its parts.
class Sums {
 public:
  explicit Sums(const Block& block) : block_(block) {}

  void Check() const {
    const int64_t base = block_.participants.base.total;
    for (const bool after : {false, true}) {
      EXPECT_EQ(Of("ARBETE_ELLER_STUDIER", after) + Of("ARBETSSOKANDE", after) +
                    Of("OVRIG", after),
                base);
      EXPECT_LE(Of("ARBETE_ELLER_STUDIER", after),
                Of("ARBETE", after) + Of("STUDIER", after));
    }
    for (const FollowUpRow& row : block_.follow_up) {
      EXPECT_EQ(row.answered.total,
                row.work_or_study.total + row.seeking.total + row.other.total);
      EXPECT_LE(row.answered.total, row.due.total);
      EXPECT_LE(row.due.total, base);
    }
    EXPECT_LE(block_.participants.individuals.total, base);
    for (const PeopleCount& count : Counts()) {
      EXPECT_EQ(count.total, *count.women + *count.men);
    }
  }

 private:
  int64_t Of(const std::string& key, bool after) const {
    const OccupationRow& row = Occupation(block_, key);
    return after ? row.after.total : row.before.total;
  }
  std::vector<PeopleCount> Counts() const {
    const Participants& of = block_.participants;
    std::vector<PeopleCount> counts = {of.started, of.ongoing, of.ended,
                                       of.base, of.individuals};
    for (const SupportRow& row : block_.support) {
      counts.insert(counts.end(), {row.before, row.after, row.change});
    }
    return counts;
  }

  const Block& block_;
};

// Whether each participation stands in exactly one row of `dimension`.
bool IsExclusive(Dimension dimension) {
  return dimension != Dimension::kTargetGroup &&
         dimension != Dimension::kYear && dimension != Dimension::kEndReason;
}

TEST(MakeReport, GivesSumsThatAgreeForRandomPeople) {
  for (unsigned seed = 101; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const World world = RandomWorld(random, /*participations=*/60);
    const OutcomeReport report = world.Report(RandomRequest(random));

    Sums(report.whole).Check();
    std::map<Dimension, int64_t> started;
    std::map<Dimension, int64_t> base;
    for (const BreakdownRow& row : report.breakdowns) {
      Sums(row.block).Check();
      started[row.dimension] += row.block.participants.started.total;
      base[row.dimension] += row.block.participants.base.total;
    }
    const Participants& whole = report.whole.participants;
    for (const auto& [dimension, sum] : started) {
      if (IsExclusive(dimension)) {
        EXPECT_EQ(sum, whole.started.total);
      }
      // All who are in the base have left, for a reason.
      if (dimension == Dimension::kTargetGroup) continue;
      EXPECT_EQ(base[dimension], whole.base.total);
    }
  }
}

}  // namespace
}  // namespace stegvis::outcome
