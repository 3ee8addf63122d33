// Everything that is stored, at one moment.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/sql/database.h"
#include "storage/store/store.h"

namespace stegvis::storage {

// Over a reading connection of its own, in a transaction.
class SqlMoment final : public Moment {
 public:
  // The moment is that of this call. `database` must outlive it.
  static absl::StatusOr<std::unique_ptr<Moment>> Hold(
      sql::Database& database, std::unique_ptr<sql::Connection> reader);
  ~SqlMoment() override { reader_->Rollback(); }

  FeedPosition Tail() const override { return tail_; }
  absl::Status CopyTo(const std::string& path) override {
    return database_.Copy(*reader_, path);
  }

 private:
  SqlMoment(sql::Database& database, std::unique_ptr<sql::Connection> reader,
            FeedPosition tail)
      : database_(database), reader_(std::move(reader)), tail_(tail) {}

  sql::Database& database_;
  const std::unique_ptr<sql::Connection> reader_;
  const FeedPosition tail_;
};

}  // namespace stegvis::storage
