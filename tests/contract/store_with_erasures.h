// A store in which persons are erased.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/store/erase.h"
#include "storage/store/erasure_log.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {

using storage::Erasure;
using storage::ErasureLog;

inline const domain::PersonNumber& Number() {
  static const domain::PersonNumber number = ValidNumber(On("1977-07-17"), 777);
  return number;
}

// A man who entered in 2020 and has left; erased on the days that follow.
inline domain::Participation Ended(uint8_t id) {
  return AParticipation()
      .WithId(TestId<ParticipationId>(id))
      .As(ARegistration().Of(Number()).Exiting(On("2026-09-01")))
      .Build();
}

inline std::string Content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class StoreWithErasures : public StoreContract {
 protected:
  absl::StatusOr<Erasure> Erase(uint8_t participation, Day today) {
    absl::StatusOr<Erasure> erased = absl::InternalError("did not run");
    const absl::Status status =
        store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
          const auto what = storage::WhatToErase(tx, KeyOf(participation),
                                                 store_->Codes(), today);
          if (!what.ok()) return what.status();
          erased = tx.EraseParticipation(*what);
          return erased.status();
        });
    if (!status.ok()) return status;
    return erased;
  }
  std::optional<Erasure> Find(uint8_t participation) {
    return *Read<std::optional<Erasure>>([&](ReadTransaction& tx) {
      return tx.FindErasure(KeyOf(participation));
    });
  }
  std::optional<domain::Withdrawal> FindWithdrawal() {
    return *Read<std::optional<domain::Withdrawal>>([](ReadTransaction& tx) {
      return tx.FindWithdrawal(kForbund, Number());
    });
  }
  std::string ListFile() const {
    return absl::StrCat(installation_->Folder(), "/erasures.log");
  }
};

}  // namespace stegvis::contract
