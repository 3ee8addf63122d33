// The facts of every förbund, as of one position of the change feed.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/forbund_facts.h"
#include "storage/store/transaction.h"

namespace stegvis::outcome {

// Many readers or one writer at a time; the caller sees to that.
class FactTable {
 public:
  // INTERNAL as CodeTables::Create. `book` must outlive the table.
  static absl::StatusOr<FactTable> Create(const domain::CodeBook& book);

  const CodeTables& Codes() const { return *codes_; }

  // Takes `facts` in the place of what there was of its förbund.
  void Put(std::unique_ptr<ForbundFacts> facts);

  // Null when there is none such.
  const ForbundFacts* Find(ForbundId id) const;
  ForbundFacts* FindMutable(ForbundId id);

  storage::FeedPosition Position() const { return position_; }
  void SetPosition(storage::FeedPosition position) { position_ = position; }

  // The latest moment from which something is known.
  absl::Time NewestKnown() const;

  int64_t Rows() const;
  int64_t Bytes() const;
  int64_t Unreadable() const;

 private:
  explicit FactTable(CodeTables codes);

  // On the heap, so that the förbund's facts can refer to it for good.
  std::unique_ptr<const CodeTables> codes_;
  absl::flat_hash_map<ForbundId, std::unique_ptr<ForbundFacts>> forbund_;
  storage::FeedPosition position_;
};

}  // namespace stegvis::outcome
