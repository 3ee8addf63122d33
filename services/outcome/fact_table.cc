#include "services/outcome/fact_table.h"

#include <algorithm>
#include <utility>

#include "services/base/status_macros.h"

namespace stegvis::outcome {

absl::StatusOr<FactTable> FactTable::Create(const domain::CodeBook& book) {
  ASSIGN_OR_RETURN(CodeTables codes, CodeTables::Create(book));
  return FactTable(std::move(codes));
}

FactTable::FactTable(CodeTables codes)
    : codes_(std::make_unique<const CodeTables>(std::move(codes))) {}

void FactTable::Put(std::unique_ptr<ForbundFacts> facts) {
  const ForbundId id = facts->Id();
  forbund_[id] = std::move(facts);
}

const ForbundFacts* FactTable::Find(ForbundId id) const {
  const auto found = forbund_.find(id);
  return found == forbund_.end() ? nullptr : found->second.get();
}

ForbundFacts* FactTable::FindMutable(ForbundId id) {
  const auto found = forbund_.find(id);
  return found == forbund_.end() ? nullptr : found->second.get();
}

absl::Time FactTable::NewestKnown() const {
  Micros newest = 0;
  for (const auto& [id, facts] : forbund_) {
    newest = std::max(newest, facts->NewestKnown());
  }
  return absl::FromUnixMicros(newest);
}

int64_t FactTable::Rows() const {
  int64_t rows = 0;
  for (const auto& [id, facts] : forbund_) {
    rows += static_cast<int64_t>(facts->Rows());
  }
  return rows;
}

int64_t FactTable::Bytes() const {
  int64_t bytes = 0;
  for (const auto& [id, facts] : forbund_) {
    bytes += static_cast<int64_t>(facts->Bytes());
  }
  return bytes;
}

int64_t FactTable::Unreadable() const {
  int64_t unreadable = 0;
  for (const auto& [id, facts] : forbund_) {
    unreadable += static_cast<int64_t>(facts->Unreadable().size());
  }
  return unreadable;
}

}  // namespace stegvis::outcome
