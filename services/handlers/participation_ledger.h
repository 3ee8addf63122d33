// What an import of participations knows of a person, and adds: in the store,
// or, for a dry run, in memory over the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/domain/erasure.h"
#include "services/domain/participation.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// The participations of a person in an insats, and beside each from when its
// newest version is known.
struct KnownParticipations {
  std::vector<domain::Participation> participations;
  std::vector<absl::Time> known_from;

  // Puts `participation` in the place of its earlier version, or last.
  void Put(const domain::Participation& participation, absl::Time from);
  void Remove(ParticipationId id);
  // Null when there is none such.
  const absl::Time* KnownFrom(ParticipationId id) const;
};

// What a dry run would have recorded so far, by insats or förbund and number.
class ImportMemory {
 public:
  // Null when nothing.
  const KnownParticipations* Find(InsatsId insats,
                                  const domain::PersonNumber& number) const;
  void Put(InsatsId insats, const domain::PersonNumber& number,
           KnownParticipations known);

  // Nothing when the person would not have withdrawn a consent.
  std::optional<domain::Withdrawal> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) const;
  void Withdraw(ForbundId forbund, const domain::PersonNumber& number,
                const domain::Withdrawal& withdrawal);

 private:
  absl::flat_hash_map<std::string, KnownParticipations> known_;
  absl::flat_hash_map<std::string, domain::Withdrawal> withdrawn_;
};

// One thread.
class ParticipationLedger {
 public:
  virtual ~ParticipationLedger() = default;

  // DATA_LOSS with RECORD_UNREADABLE when one of them does not open.
  virtual absl::StatusOr<KnownParticipations> Find(
      const InsatsKey& insats, const domain::PersonNumber& number) = 0;

  // Adds a version, known from `known_from` or from now on, to what Find gave.
  virtual absl::Status Put(ForbundId forbund,
                           const domain::Participation& participation,
                           std::optional<absl::Time> known_from,
                           KnownParticipations known) = 0;

  // Nothing when the person has not withdrawn a consent in the förbund.
  virtual absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) = 0;

  // Erases one of what Find gave.
  virtual absl::Status Erase(ForbundId forbund,
                             const domain::Participation& participation,
                             KnownParticipations known) = 0;

  virtual ParticipationId NewId() = 0;
};

// Over a write.
class StoreLedger final : public ParticipationLedger {
 public:
  StoreLedger(storage::WriteTransaction& tx, const domain::CodeBook& codes,
              absl::Time now)
      : tx_(tx), codes_(codes), now_(now) {}

  absl::StatusOr<KnownParticipations> Find(
      const InsatsKey& insats, const domain::PersonNumber& number) override;
  absl::Status Put(ForbundId forbund,
                   const domain::Participation& participation,
                   std::optional<absl::Time> known_from,
                   KnownParticipations known) override;
  absl::Status Erase(ForbundId forbund,
                     const domain::Participation& participation,
                     KnownParticipations known) override;
  absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) override;
  ParticipationId NewId() override;

 private:
  storage::WriteTransaction& tx_;
  const domain::CodeBook& codes_;
  const absl::Time now_;
};

// Over a read and the memory of a stream.
class DryLedger final : public ParticipationLedger {
 public:
  DryLedger(storage::ReadTransaction& tx, absl::Time now, ImportMemory& memory)
      : tx_(tx), now_(now), memory_(memory) {}

  absl::StatusOr<KnownParticipations> Find(
      const InsatsKey& insats, const domain::PersonNumber& number) override;
  absl::Status Put(ForbundId forbund,
                   const domain::Participation& participation,
                   std::optional<absl::Time> known_from,
                   KnownParticipations known) override;
  absl::Status Erase(ForbundId forbund,
                     const domain::Participation& participation,
                     KnownParticipations known) override;
  absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) override;
  ParticipationId NewId() override;

 private:
  storage::ReadTransaction& tx_;
  const absl::Time now_;
  ImportMemory& memory_;
};

}  // namespace stegvis::handlers
