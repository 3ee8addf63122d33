// The open keys of the installation and of each förbund, as transactions see
// them.
#pragma once

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/base/ids.h"
#include "storage/seal/key_ring.h"
#include "storage/sql/connection.h"

namespace stegvis::storage {

// What has been opened so far, for all threads: the key source is used once a
// scope. Thread-safe.
class KeyCache {
 public:
  explicit KeyCache(seal::VersionedKey root) : root_(std::move(root)) {}

  const seal::VersionedKey& Root() const { return root_; }
  // Null when it has not been opened yet.
  std::shared_ptr<const seal::KeyRing> Find(const IdBytes& scope) const;
  void Add(const IdBytes& scope,
           const std::shared_ptr<const seal::KeyRing>& ring);

 private:
  const seal::VersionedKey root_;
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<IdBytes, std::shared_ptr<const seal::KeyRing>> rings_
      ABSL_GUARDED_BY(mutex_);
};

// The keys that a transaction uses. What it made or read is told to the others
// by Publish only, as it may be rolled back. One thread.
class ScopeKeys {
 public:
  ScopeKeys(sql::Connection& connection, KeyCache& cache)
      : connection_(connection), cache_(cache) {}

  // The keys of `scope`, good until Forget or Publish. NOT_FOUND when there are
  // none, DATA_LOSS (RECORD_UNREADABLE) when they do not open.
  absl::StatusOr<const seal::KeyRing*> Of(const IdBytes& scope);

  // Makes and stores keys for a scope that has none.
  absl::StatusOr<const seal::KeyRing*> Create(const IdBytes& scope);

  // The transaction was rolled back.
  void Forget() { rings_.clear(); }
  // The transaction is committed, or only read.
  void Publish();

 private:
  const seal::KeyRing* Keep(const IdBytes& scope,
                            std::shared_ptr<const seal::KeyRing> ring);

  sql::Connection& connection_;
  KeyCache& cache_;
  absl::flat_hash_map<IdBytes, std::shared_ptr<const seal::KeyRing>> rings_;
};

}  // namespace stegvis::storage
