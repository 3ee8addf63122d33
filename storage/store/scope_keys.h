// The open keys of the installation and of each förbund, as transactions see
// them.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/base/ids.h"
#include "storage/seal/key_ring.h"
#include "storage/seal/key_source.h"
#include "storage/sql/connection.h"

namespace stegvis::storage {

// What has been opened so far, for all threads: the key source is used once a
// scope. Thread-safe.
class KeyCache {
 public:
  explicit KeyCache(seal::KeySource source) : source_(std::move(source)) {}

  // The key source's keys, the oldest first.
  seal::KeyVersions Roots() const;
  // As of KeySource.
  absl::Status AddRoot(uint32_t version);
  absl::Status RemoveRootsBefore(uint32_t version);

  // Null when it has not been opened yet.
  std::shared_ptr<const seal::KeyRing> Find(const IdBytes& scope) const;
  // Takes the place of one with older scope keys only: whoever read before a
  // rotation may come late.
  void Add(const IdBytes& scope,
           const std::shared_ptr<const seal::KeyRing>& ring);
  // Lets go of the scope keys that are not the newest.
  void ForgetOlder();

 private:
  mutable absl::Mutex mutex_;
  seal::KeySource source_ ABSL_GUARDED_BY(mutex_);
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

  // The same as they stand in the rows now, which may be newer than those that
  // were opened before.
  absl::StatusOr<const seal::KeyRing*> Reread(const IdBytes& scope);

  // Makes and stores keys for a scope that has none.
  absl::StatusOr<const seal::KeyRing*> Create(const IdBytes& scope);

  // The key source's keys, the oldest first.
  seal::KeyVersions Roots() const { return cache_.Roots(); }

  // The transaction was rolled back.
  void Forget();
  // The transaction is committed, or only read.
  void Publish();

 private:
  const seal::KeyRing* Keep(const IdBytes& scope,
                            std::shared_ptr<const seal::KeyRing> ring);

  sql::Connection& connection_;
  KeyCache& cache_;
  absl::flat_hash_map<IdBytes, std::shared_ptr<const seal::KeyRing>> rings_;
  // Those that Reread replaced: somebody may hold them.
  std::vector<std::shared_ptr<const seal::KeyRing>> replaced_;
};

// The rows of a scope's keys; all or none of them changed.
absl::StatusOr<std::vector<seal::WrappedKey>> ReadWrappedKeys(
    sql::Connection& connection, const IdBytes& scope);
absl::Status PutWrappedKeys(sql::Connection& connection, const IdBytes& scope,
                            const std::vector<seal::WrappedKey>& rows);

}  // namespace stegvis::storage
