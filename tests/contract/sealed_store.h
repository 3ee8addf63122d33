// A store whose every seal is tried.
#pragma once

#include <optional>

#include "storage/store/check_seals.h"
#include "tests/contract/store_with_erasures.h"

namespace stegvis::contract {

class SealsOfAStore : public StoreWithErasures {
 protected:
  // Makes a row in every table.
  void Fill() {
    Put(Ended(1));
    Put(Participation(2));
    ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
    const domain::Question question = {
        .id = TestId<QuestionId>(1),
        .text = "Hur?",
        .answer_type = domain::AnswerType::kYesNo,
        .choices = {},
        .start = On("2020-01-01"),
        .end = std::nullopt,
        .position = 1,
        .asked_entry = true,
        .asked_exit = false};
    const domain::Count count = {kInsats,      domain::CountKind::kVolume,
                                 2020,         5,
                                 std::nullopt, std::nullopt,
                                 false};
    ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
      EXPECT_THAT(tx.PutQuestion(kForbund, question), IsOk());
      EXPECT_THAT(tx.PutCount(kForbund, count, std::nullopt), IsOk());
      EXPECT_THAT(tx.PutSealedReport({kForbund, 2020, 1, "p", "s"}), IsOk());
      EXPECT_THAT(tx.PutGrant({"u", domain::Role::kDataskydd, {}}), IsOk());
      EXPECT_THAT(tx.RememberRequest({"u", "m", TestId<InsatsId>(1).Bytes()},
                                     {"d", "r", 1, std::nullopt}),
                  IsOk());
      return tx.AppendAudit({kForbund, "u", "m", "r", "", false});
    }),
                IsOk());
  }

  storage::SealCheck Check() {
    Close();
    const auto found = storage::CheckSeals(
        {installation_->Folder(), installation_->KeySource()},
        [](int64_t) { return absl::OkStatus(); });
    EXPECT_THAT(found, IsOk());
    return *found;
  }
};

}  // namespace stegvis::contract
