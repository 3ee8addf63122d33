// What the rows are read and written with.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "storage/audit/merkle.h"
#include "storage/seal/key_ring.h"
#include "storage/sql/connection.h"
#include "storage/store/erasure_log.h"
#include "storage/store/scope_keys.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// Of a read or a write; one thread.
struct Session {
  sql::Connection& connection;
  ScopeKeys& keys;
  int64_t known_until;  // The as-of moment; the largest number for AsOf::Now().
  int64_t now;
};

// Logs by their scope.
using Logs = absl::flat_hash_map<IdBytes, audit::Frontier>;

// What the writer counts instead of asking the database.
struct WriterCounters {
  int64_t position = 0;  // The last change.
  // When requests that are too old were last removed.
  int64_t requests_forgotten_at = 0;
  // Where each log ends that has been written to, and which of those ends are
  // not in their rows yet.
  Logs logs;
  absl::flat_hash_set<IdBytes> unsaved_logs;
};

// What the writer has read and put before, so that it need not be opened again
// for every registration. One thread; cleared whenever something in it may have
// changed or been undone.
struct WriterMemory {
  using InsatsPlace = std::pair<ForbundId, InsatsId>;

  void Clear() {
    forbund.clear();
    insatser.clear();
    questions.clear();
    withdrawals.clear();
  }

  absl::flat_hash_map<ForbundId, Versioned<domain::Forbund>> forbund;
  absl::flat_hash_map<InsatsPlace, Versioned<domain::Insats>> insatser;
  absl::flat_hash_map<ForbundId, std::vector<Versioned<domain::Question>>>
      questions;
  // Whether anybody has withdrawn a consent there.
  absl::flat_hash_map<ForbundId, bool> withdrawals;
};

// Of a write.
struct WriteSession {
  Session& read;
  int64_t recorded_at;
  WriterCounters& counters;
  Logs logs = {};  // With what this body has appended.
  // What it has erased: on the list of erasures before it is committed.
  std::vector<ErasureEntry> erased = {};
};

// The scope whose keys and log are those of the förbund, or of the
// installation.
inline IdBytes ScopeOf(const std::optional<ForbundId>& forbund) {
  return forbund.has_value() ? forbund->Bytes() : seal::kInstallationScope;
}

inline absl::string_view View(const IdBytes& id) {
  return absl::string_view(reinterpret_cast<const char*>(id.data()), id.size());
}

// The id that a column holds. Of a column that was damaged to another length,
// as much as there is: its seal does not open, but it can be named.
IdBytes IdFromColumn(absl::string_view bytes);

}  // namespace stegvis::storage
