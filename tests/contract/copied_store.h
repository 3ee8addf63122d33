// A store of which copies are made.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/store/open.h"
#include "tests/contract/store_with_erasures.h"

namespace stegvis::contract {

using storage::Moment;

class MomentOfAStore : public StoreWithErasures {
 protected:
  std::unique_ptr<Moment> Hold() {
    absl::StatusOr<std::unique_ptr<Moment>> held = store_->HoldMoment();
    EXPECT_THAT(held, IsOk());
    return *std::move(held);
  }

  // Where the next copy goes.
  std::string Folder() {
    const std::string folder =
        absl::StrCat(installation_->Folder(), "/copy", ++copies_);
    std::filesystem::create_directory(folder);
    return folder;
  }

  // What the moment is a moment of.
  std::unique_ptr<Store> Copy(Moment& moment) {
    const std::string folder = Folder();
    EXPECT_THAT(moment.CopyTo(absl::StrCat(folder, "/stegvis.db")), IsOk());
    auto store =
        storage::OpenStore({folder, installation_->KeySource()}, clock_);
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  static bool Has(Store& store, uint8_t participation) {
    return store
        .Read(AsOf::Now(),
              [&](ReadTransaction& tx) {
                return tx.GetParticipation(KeyOf(participation)).status();
              })
        .ok();
  }

  int copies_ = 0;
};

}  // namespace stegvis::contract
