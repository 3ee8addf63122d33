// A store beside a model of it in memory.
#pragma once

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {

// A version as the model keeps it.
struct Known {
  std::string text;
  std::string digits;
  int64_t version;
  absl::Time created_at;
  absl::Time recorded_at;
  absl::Time known_from;
  FeedPosition position;
};

// The versions of each participation, oldest first.
using Model = std::map<uint8_t, std::vector<Known>>;

inline constexpr int kParticipations = 12;
inline constexpr int kPersons = 4;

inline RevealKey ForTest() { return RevealKey::For("a test compares"); }

class ModelledStore : public StoreContract {
 protected:
  domain::PersonNumber Person(int number) {
    return ValidNumber(On("1980-01-01").PlusDays(number), 100 + number);
  }
  int Draw(int count) {
    return std::uniform_int_distribution<int>(0, count - 1)(random_);
  }

  // A participation at random, of one of a few persons.
  domain::Participation Draw() {
    ARegistration registration;
    registration.Of(Person(Draw(kPersons)))
        .Called(std::string(static_cast<size_t>(Draw(400)), 'x'));
    if (Draw(2) == 0) registration.Exiting(On("2021-01-01"));
    return AParticipation()
        .As(registration)
        .WithId(TestId<ParticipationId>(
            static_cast<uint8_t>(1 + Draw(kParticipations))))
        .Build();
  }

  // Writes some in one body, which sometimes fails.
  void WriteSome() {
    const bool fails = Draw(4) == 0;
    const int puts = 1 + Draw(3);
    Model after = model_;
    std::vector<domain::Participation> drawn;
    for (int i = 0; i < puts; ++i) drawn.push_back(Draw());
    const absl::Status status =
        store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
          for (const domain::Participation& participation : drawn) {
            const auto put =
                tx.PutParticipation(kForbund, participation, std::nullopt);
            if (!put.ok()) return put.status();
            after[participation.id.Bytes()[15]].push_back(
                {Text(put->value), put->value.number.Digits(ForTest()),
                 put->version, put->created_at, put->recorded_at,
                 put->known_from, put->position});
          }
          return fails ? errors::Overlaps() : absl::OkStatus();
        });
    ASSERT_EQ(status.ok(), !fails);
    if (!fails) model_ = std::move(after);
    if (Draw(3) == 0) clock_.Advance(absl::Seconds(Draw(100) - 50));
  }

  // What was known of a participation, or null.
  const Known* KnownAt(uint8_t id, absl::Time as_of) const {
    const auto found = model_.find(id);
    if (found == model_.end()) return nullptr;
    const Known* newest = nullptr;
    for (const Known& known : found->second) {
      if (known.known_from <= as_of) newest = &known;
    }
    return newest;
  }

  // A moment about when something was recorded.
  absl::Time DrawMoment() {
    if (model_.empty() || Draw(4) == 0) return absl::InfiniteFuture();
    const auto& versions =
        std::next(model_.begin(), Draw(static_cast<int>(model_.size())))
            ->second;
    return versions[static_cast<size_t>(
                        Draw(static_cast<int>(versions.size())))]
               .known_from +
           absl::Microseconds(Draw(3) - 1);
  }

  void ExpectSame(const absl::StatusOr<Versioned<domain::Participation>>& found,
                  const Known* known) {
    if (known == nullptr) {
      EXPECT_THAT(found, StatusIs(absl::StatusCode::kNotFound));
      return;
    }
    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(Text(found->value), known->text);
    EXPECT_EQ(found->version, known->version);
    EXPECT_EQ(found->created_at, known->created_at);
    EXPECT_EQ(found->recorded_at, known->recorded_at);
    EXPECT_EQ(found->known_from, known->known_from);
    EXPECT_EQ(found->position, known->position);
  }

  void ReadSome() {
    const auto id = static_cast<uint8_t>(1 + Draw(kParticipations));
    const absl::Time as_of = DrawMoment();
    ExpectSame(Get(id, AsOf::Moment(as_of)), KnownAt(id, as_of));
    FindSome(as_of);
  }

  void FindSome(absl::Time as_of) {
    const domain::PersonNumber person = Person(Draw(kPersons));
    std::vector<uint8_t> expected;
    for (const auto& [id, versions] : model_) {
      if (versions.back().digits == person.Digits(ForTest()) &&
          KnownAt(id, as_of) != nullptr) {
        expected.push_back(id);
      }
    }
    const auto list = Read<std::vector<storage::ListedParticipation>>(
        [&](ReadTransaction& tx) {
          return tx.FindByNumber(kForbund, std::nullopt, person);
        },
        AsOf::Moment(as_of));
    std::vector<uint8_t> found;
    for (const auto& listed : list.value()) {
      found.push_back(listed.key.participation.Bytes()[15]);
      ExpectSame(listed.participation, KnownAt(found.back(), as_of));
    }
    EXPECT_EQ(found, expected);
  }

  // Everything, by the one pass over all versions.
  void CompareAll() {
    size_t versions = 0;
    EXPECT_THAT(
        store_->Read(
            AsOf::Now(),
            [&](ReadTransaction& tx) {
              return tx.ScanParticipations(
                  kForbund, [&](const storage::ScannedVersion& scanned) {
                    const auto& known =
                        model_.at(scanned.key.participation.Bytes()[15])
                            .at(static_cast<size_t>(scanned.version) - 1);
                    EXPECT_EQ(Text(*scanned.participation), known.text);
                    EXPECT_EQ(scanned.position, known.position);
                    EXPECT_EQ(scanned.known_from, known.known_from);
                    ++versions;
                    return absl::OkStatus();
                  });
            }),
        IsOk());
    size_t expected = 0;
    for (const auto& [id, known] : model_) expected += known.size();
    EXPECT_EQ(versions, expected);
    EXPECT_EQ(Changes().size(), expected + 2);
  }

  std::mt19937 random_{20260101};
  Model model_;
};

}  // namespace stegvis::contract
