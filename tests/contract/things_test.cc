// Förbund, questions, insatser, counts and grants.
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

domain::Question AQuestion(uint8_t id) {
  return {.id = TestId<QuestionId>(id),
          .text = "Har du körkort?",
          .answer_type = domain::AnswerType::kChoice,
          .choices = {"ja", "nej", "vet inte"},
          .start = On("2020-01-01"),
          .end = On("2021-01-01"),
          .position = 3,
          .asked_entry = true,
          .asked_exit = true};
}

domain::Count ACount(domain::CountKind kind, int year, int64_t total) {
  return {kInsats, kind, year, total, std::nullopt, std::nullopt, false};
}

template <typename T>
std::vector<T> Values(const std::vector<Versioned<T>>& list) {
  std::vector<T> values;
  for (const Versioned<T>& versioned : list) values.push_back(versioned.value);
  return values;
}

TEST_P(StoreContract, EveryFieldOfAnInsatsComesBack) {
  domain::Insats full = AnInsats().WithId(TestId<InsatsId>(2)).Build();
  full.end = On("2030-12-31");
  full.esf_financed = true;
  full.target_groups = {"nollplacerade", "nyanlanda"};
  full.planned_years = {{2026, 40}, {2027, 0}};
  domain::Insats structural =
      AnInsats().WithId(TestId<InsatsId>(3)).Structural().Build();

  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutInsats(kForbund, full), IsOk());
    return tx.PutInsats(kForbund, structural).status();
  }),
              IsOk());

  const auto list = Read<std::vector<Versioned<domain::Insats>>>(
      [](ReadTransaction& tx) { return tx.ListInsatser(kForbund); });
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(Values(*list), ElementsAre(AnInsats().Build(), full, structural));
}

TEST_P(StoreContract, EveryFieldOfAQuestionComesBack) {
  EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
    return tx.PutQuestion(kForbund, AQuestion(1)).status();
  }),
              IsOk());

  const auto found = Read<Versioned<domain::Question>>([](ReadTransaction& tx) {
    return tx.GetQuestion({kForbund, TestId<QuestionId>(1)});
  });
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->value, AQuestion(1));
  const auto list = Read<std::vector<Versioned<domain::Question>>>(
      [](ReadTransaction& tx) { return tx.ListQuestions(kForbund); });
  EXPECT_THAT(Values(list.value()), ElementsAre(AQuestion(1)));
}

TEST_P(StoreContract, EveryVersionOfAnInsatsStays) {
  const auto put = [&](absl::string_view title) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      return tx.PutInsats(kForbund, AnInsats().Titled(title).Build()).status();
    }),
                IsOk());
  };
  put("Två");
  const absl::Time known = absl::FromUnixMicros(absl::ToUnixMicros(
      Read<Versioned<domain::Insats>>([](ReadTransaction& tx) {
        return tx.GetInsats(kInsatsKey);
      })->known_from));
  put("Tre");

  const auto versions = Read<std::vector<Versioned<domain::Insats>>>(
      [](ReadTransaction& tx) { return tx.ListInsatsVersions(kForbund); });
  std::vector<std::string> titles;
  for (const auto& version : versions.value()) {
    titles.push_back(version.value.title);
  }
  EXPECT_THAT(titles, ElementsAre("Provinsatsen", "Två", "Tre"));
  const auto then = Read<std::vector<Versioned<domain::Insats>>>(
      [](ReadTransaction& tx) { return tx.ListInsatser(kForbund); },
      AsOf::Moment(known));
  ASSERT_THAT(*then, SizeIs(1));
  EXPECT_EQ(then->front().value.title, "Två");
  EXPECT_EQ(then->front().version, 2);
}

TEST_P(StoreContract, ForbundAreListedInTheOrderOfTheirIds) {
  EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
    for (const uint8_t id : std::initializer_list<uint8_t>{3, 2}) {
      EXPECT_THAT(
          tx.PutForbund(
              AForbund().WithId(TestId<ForbundId>(id)).Named("F").Build()),
          IsOk());
    }
    return absl::OkStatus();
  }),
              IsOk());

  const auto list = Read<std::vector<Versioned<domain::Forbund>>>(
      [](ReadTransaction& tx) { return tx.ListForbund(); });

  std::vector<ForbundId> ids;
  for (const auto& forbund : list.value()) ids.push_back(forbund.value.id);
  EXPECT_THAT(ids, ElementsAre(TestId<ForbundId>(1), TestId<ForbundId>(2),
                               TestId<ForbundId>(3)));
}

TEST_P(StoreContract, WhatIsPutUnderAnUnknownForbundIsNotFound) {
  const auto unknown = TestId<ForbundId>(9);
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.PutInsats(unknown, AnInsats().Build()).status();
  }),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.PutParticipation(unknown, Participation(1), std::nullopt)
        .status();
  }),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(StoreContract, ACountIsOneOfInsatsKindAndYear) {
  using enum domain::CountKind;
  domain::Count by_sex = ACount(kAnonymous, 2021, 7);
  by_sex.women = 4;
  by_sex.men = 3;
  const absl::Time moment = absl::FromUnixSeconds(1'500'000'000);
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
    EXPECT_EQ(tx.PutCount(kForbund, ACount(kVolume, 2021, 0), {})->version, 1);
    EXPECT_EQ(tx.PutCount(kForbund, by_sex, {})->version, 1);
    EXPECT_EQ(tx.PutCount(kForbund, ACount(kVolume, 2020, 5), moment)->version,
              1);
    EXPECT_EQ(tx.PutCount(kForbund, ACount(kVolume, 2020, 6), {})->version, 2);
    return absl::OkStatus();
  }),
              IsOk());

  const auto list = Read<std::vector<Versioned<domain::Count>>>(
      [](ReadTransaction& tx) { return tx.ListCounts(kInsatsKey); });
  EXPECT_THAT(
      Values(list.value()),
      ElementsAre(ACount(kVolume, 2020, 6), by_sex, ACount(kVolume, 2021, 0)));
  const auto then = Read<Versioned<domain::Count>>(
      [](ReadTransaction& tx) {
        return tx.GetCount(kInsatsKey, domain::CountKind::kVolume, 2020);
      },
      AsOf::Moment(moment));
  EXPECT_EQ(then.value().value.total, 5);
  const auto versions = Read<std::vector<Versioned<domain::Count>>>(
      [](ReadTransaction& tx) { return tx.ListCountVersions(kForbund); });
  EXPECT_THAT(Values(versions.value()),
              ElementsAre(ACount(kVolume, 2021, 0), by_sex,
                          ACount(kVolume, 2020, 5), ACount(kVolume, 2020, 6)));
}

TEST_P(StoreContract, AGrantIsThereUntilItIsRemoved) {
  const domain::Grant grant = {
      "anna", domain::Role::kSamordnare, {kForbund, kInsats}};
  const domain::Grant other = {"bo", domain::Role::kOperator, {}};
  const auto write = [&](const Store::WriteBody& body) {
    return store_->WriteAndWait(body);
  };
  EXPECT_THAT(write([&](WriteTransaction& tx) {
                EXPECT_EQ(tx.PutGrant(grant)->version, 1);
                return tx.PutGrant(other).status();
              }),
              IsOk());
  const FeedPosition before = store_->Tail();

  EXPECT_THAT(write([&](WriteTransaction& tx) -> absl::Status {
                EXPECT_EQ(tx.PutGrant(grant)->version, 1);
                return absl::OkStatus();
              }),
              IsOk());
  EXPECT_EQ(store_->Tail(), before);
  EXPECT_THAT(*Read<std::vector<domain::Grant>>(
                  [](ReadTransaction& tx) { return tx.GrantsOf("anna"); }),
              ElementsAre(grant));

  EXPECT_THAT(
      write([&](WriteTransaction& tx) { return tx.RemoveGrant(grant); }),
      IsOk());
  EXPECT_EQ(store_->Tail(), FeedPosition{before.value + 1});
  EXPECT_THAT(*Read<std::vector<domain::Grant>>(
                  [](ReadTransaction& tx) { return tx.GrantsOf("anna"); }),
              IsEmpty());
  EXPECT_THAT(
      Values(
          Read<std::vector<Versioned<domain::Grant>>>([](ReadTransaction& tx) {
            return tx.ListGrants();
          }).value()),
      ElementsAre(other));
  EXPECT_THAT(
      write([&](WriteTransaction& tx) { return tx.RemoveGrant(grant); }),
      StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(write([&](WriteTransaction& tx) -> absl::Status {
                EXPECT_EQ(tx.PutGrant(grant)->version, 3);
                return absl::OkStatus();
              }),
              IsOk());
}

// Grants are remembered between reads: one that read an older moment must not
// bring back what was taken away meanwhile.
TEST_P(StoreContract, ARevokedGrantIsGoneWhateverAnEarlierReadSaw) {
  const domain::Grant grant = {"anna", domain::Role::kOperator, {}};
  ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.PutGrant(grant).status();
  }),
              IsOk());

  ASSERT_THAT(
      store_->Read(AsOf::Now(),
                   [&](ReadTransaction& tx) -> absl::Status {
                     EXPECT_THAT(*tx.ListGrants(), SizeIs(1));
                     EXPECT_THAT(
                         store_->WriteAndWait([&](WriteTransaction& revoking) {
                           return revoking.RemoveGrant(grant);
                         }),
                         IsOk());
                     EXPECT_THAT(*tx.GrantsOf("anna"), ElementsAre(grant));
                     return absl::OkStatus();
                   }),
      IsOk());

  EXPECT_THAT(*Read<std::vector<domain::Grant>>(
                  [](ReadTransaction& tx) { return tx.GrantsOf("anna"); }),
              IsEmpty());
}

TEST_P(StoreContract, TheCodeListsOfTheDatabaseAreTheShippedOnes) {
  const domain::CodeBook& shipped = testing::TestCodeBook();

  EXPECT_EQ(store_->Codes().Version(), shipped.Version());
  for (int list = 0; list < domain::kCodeLists; ++list) {
    const auto which = static_cast<domain::CodeList>(list);
    ASSERT_EQ(store_->Codes().Codes(which).size(), shipped.Codes(which).size());
    for (size_t i = 0; i < shipped.Codes(which).size(); ++i) {
      EXPECT_EQ(store_->Codes().Codes(which)[i].code,
                shipped.Codes(which)[i].code);
    }
  }
}

}  // namespace
}  // namespace stegvis::contract
