// Properties of registering, over random sequences of rows.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "services/domain/participation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::ARegistration;
using ::stegvis::testing::Around;
using ::stegvis::testing::ExitOn;
using ::stegvis::testing::FollowUpOn;
using ::stegvis::testing::On;
using ::stegvis::testing::SupportedBy;
using ::stegvis::testing::TestId;

using Kind = RegisterDecision::Kind;

constexpr RevealKey kTest = RevealKey::For("test");
constexpr int kDays = 12;  // Few, so that rows meet often.

Day DayNumber(int number) { return On("2020-03-01").PlusDays(number); }

// What a store would hold after rows of one person in one insats.
class Recorded {
 public:
  absl::Status Send(const Registration& row) {
    const absl::StatusOr<RegisterDecision> decision = DecideRegistration(
        known_, row, TestId<ParticipationId>(next_id_), "eva", around_.Get());
    if (!decision.ok()) return decision.status();
    Keep(*decision);
    return absl::OkStatus();
  }

  const std::vector<Participation>& All() const { return known_; }

 private:
  void Keep(const RegisterDecision& decision) {
    if (decision.kind == Kind::kNew) {
      ++next_id_;
      known_.push_back(decision.participation);
      return;
    }
    for (Participation& known : known_) {
      if (known.id == decision.participation.id) {
        known = decision.participation;
      }
    }
  }

  Around around_;
  uint8_t next_id_ = 1;
  std::vector<Participation> known_;
};

struct Stay {
  int entry;
  int exit;  // kDays = ongoing.
  bool wrong;
};

// How RapidCheck prints a failing case.
void showValue(const Stay& stay, std::ostream& out) {
  out << "[" << stay.entry << ", " << stay.exit << ")"
      << (stay.wrong ? " wrong" : "");
}

rc::Gen<Stay> AnyStay() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, kDays), rc::gen::inRange(0, kDays + 1),
                     rc::gen::inRange(0, 6)),
      [](const std::tuple<int, int, int>& parts) {
        const auto& [entry, length, sixth] = parts;
        const int exit = std::min(entry + length, kDays);
        return Stay{entry, exit, /*wrong=*/sixth == 0 && exit < kDays};
      });
}

Registration RowOf(const Stay& stay) {
  ARegistration row = ARegistration().Entering(DayNumber(stay.entry));
  if (stay.exit < kDays) {
    row.Exiting(ExitOn(DayNumber(stay.exit),
                       stay.wrong ? "felregistrering" : "enligt_plan"));
  }
  return row.Build();
}

// The moments of a stay, in half days: all strictly between entry and exit, and
// of who comes and goes on one day that day itself.
std::set<int> Moments(const Stay& stay) {
  if (stay.entry == stay.exit) return {2 * stay.entry};
  std::set<int> moments;
  for (int half = 2 * stay.entry + 1; half < 2 * stay.exit; ++half) {
    moments.insert(half);
  }
  return moments;
}

bool ShareAMoment(const Stay& a, const Stay& b) {
  const std::set<int> of_a = Moments(a);
  const std::set<int> of_b = Moments(b);
  return std::any_of(of_a.begin(), of_a.end(),
                     [&](int moment) { return of_b.count(moment) > 0; });
}

// The model: stays that count, told apart by their entry day.
bool ModelTakes(const std::vector<Stay>& there, const Stay& stay) {
  if (stay.wrong) return true;
  return std::none_of(there.begin(), there.end(), [&](const Stay& other) {
    return ShareAMoment(stay, other);
  });
}

RC_GTEST_PROP(RegisterProperty, OverlapsAreThoseOfSetsOfMoments, ()) {
  const std::vector<Stay> stays =
      *rc::gen::container<std::vector<Stay>>(AnyStay());
  Recorded recorded;
  std::vector<Stay> there;
  std::set<int> wrong_days;
  for (const Stay& stay : stays) {
    const bool known_day = std::any_of(
        there.begin(), there.end(),
        [&](const Stay& other) { return other.entry == stay.entry; });
    // The same entry day is the same participation: another property.
    if (known_day || wrong_days.count(stay.entry) > 0) continue;

    const absl::Status sent = recorded.Send(RowOf(stay));

    RC_ASSERT(sent.ok() == ModelTakes(there, stay));
    if (!sent.ok()) RC_ASSERT(ReasonOf(sent) == "OVERLAPS");
    if (!sent.ok()) continue;
    if (stay.wrong) {
      wrong_days.insert(stay.entry);
    } else {
      there.push_back(stay);
    }
  }
}

RC_GTEST_PROP(RegisterProperty, WhatWasTakenIsTakenAgainUnchanged, ()) {
  const std::vector<Stay> stays =
      *rc::gen::container<std::vector<Stay>>(AnyStay());
  Recorded recorded;
  for (const Stay& stay : stays) {
    if (!recorded.Send(RowOf(stay)).ok()) continue;
    const size_t before = recorded.All().size();

    RC_ASSERT(recorded.Send(RowOf(stay)).ok());
    RC_ASSERT(recorded.All().size() == before);
  }
}

// A row of one and the same participation that tells only a part of it.
rc::Gen<Registration> AnyPart() {
  return rc::gen::exec([] {
    const auto told = [] { return *rc::gen::arbitrary<bool>(); };
    ARegistration row = ARegistration().Educated("uppgift_saknas");
    if (told()) row.Called("Anna Prov");
    if (told()) row.ConsentKeptAt("Pärm 3");
    if (told()) row.LivingIn("0180");
    if (told()) row.Educated("gymnasium");
    if (told()) row.MonthsOnSupport(18);
    if (told()) row.ReferredBy("kommun");
    if (told()) row.Before(SupportedBy("uppgift_saknas"));
    std::vector<Answer> answers;
    if (told()) answers.push_back({TestId<QuestionId>(1), "ja"});
    if (told()) answers.push_back({TestId<QuestionId>(2), "nej"});
    row.AnsweringAtEntry(answers);
    if (!told()) return row.Build();
    row.Exiting(On("2020-09-01"));
    if (told()) {
      row.FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01")));
    }
    if (told()) {
      row.FollowedUp(FollowUpMonths::kTwelve, FollowUpOn(On("2021-09-01")));
    }
    return row.Build();
  });
}

bool SameContent(Participation a, Participation b) {
  const auto by_question = [](const Answer& one, const Answer& other) {
    return one.question < other.question;
  };
  for (Participation* each : {&a, &b}) {
    std::sort(each->entry.answers.begin(), each->entry.answers.end(),
              by_question);
  }
  return a.display_name.Reveal(kTest) == b.display_name.Reveal(kTest) &&
         a.consent == b.consent && a.kommun == b.kommun && a.entry == b.entry &&
         a.exit == b.exit && a.follow_ups == b.follow_ups;
}

RC_GTEST_PROP(RegisterProperty, TheOrderOfPartsDoesNotMatter, ()) {
  const std::vector<Registration> parts = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<Registration>>(AnyPart()));
  Recorded forwards;
  Recorded backwards;
  for (size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(forwards.Send(parts[i]).ok());
    RC_ASSERT(backwards.Send(parts[parts.size() - 1 - i]).ok());
  }

  RC_ASSERT(forwards.All().size() == 1u);
  RC_ASSERT(backwards.All().size() == 1u);
  RC_ASSERT(SameContent(forwards.All()[0], backwards.All()[0]));
}

RC_GTEST_PROP(RegisterProperty, TheOrderOfStaysThatFitDoesNotMatter, ()) {
  // Cuts of the days make stays one after the other; some are left out.
  std::set<int> cuts =
      *rc::gen::container<std::set<int>>(rc::gen::inRange(0, kDays));
  std::vector<Registration> rows;
  for (auto cut = cuts.begin(); cut != cuts.end(); ++cut) {
    const auto next = std::next(cut);
    if (*rc::gen::arbitrary<bool>()) continue;
    rows.push_back(RowOf({*cut, next == cuts.end() ? kDays : *next,
                          /*wrong=*/false}));
  }
  Recorded forwards;
  Recorded backwards;
  for (size_t i = 0; i < rows.size(); ++i) {
    RC_ASSERT(forwards.Send(rows[i]).ok());
    RC_ASSERT(backwards.Send(rows[rows.size() - 1 - i]).ok());
  }

  RC_ASSERT(forwards.All().size() == rows.size());
  RC_ASSERT(backwards.All().size() == rows.size());
}

}  // namespace
}  // namespace stegvis::domain
