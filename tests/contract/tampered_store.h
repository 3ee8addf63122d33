// A store whose rows are changed behind its back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {

// A store with participation 1 in two versions and participation 2 in one, and
// a connection past it.
class TamperedStore : public StoreContract {
 protected:
  TamperedStore() : raw_(installation_->OpenRaw()) {
    Put(Participation(1));
    Put(AParticipation().Exiting(On("2020-09-01")).Build());
    Put(Participation(2));
  }

  // How a scan finds the versions: `1.2` is version 2 of participation 1, with
  // a `!` where it does not open.
  std::vector<std::string> Scan(ForbundId forbund = kForbund) {
    std::vector<std::string> seen;
    EXPECT_THAT(store_->Read(
                    AsOf::Now(),
                    [&](ReadTransaction& tx) {
                      return tx.ScanParticipations(
                          forbund, [&](const storage::ScannedVersion& scanned) {
                            seen.push_back(absl::StrCat(
                                scanned.key.participation.Bytes()[15], ".",
                                scanned.version,
                                scanned.participation == nullptr ? "!" : ""));
                            return absl::OkStatus();
                          });
                    }),
                IsOk());
    return seen;
  }

  void Execute(const std::string& sql) {
    EXPECT_THAT(raw_->Execute(sql), IsOk()) << sql;
  }

  const std::unique_ptr<sql::Connection> raw_;
};

}  // namespace stegvis::contract
