#include "services/handlers/count_import.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_count.h"
#include "services/handlers/insats_setting.h"
#include "services/handlers/reading.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using Known = CountImport::Known;

constexpr absl::string_view kMethod = "ImportCounts";

domain::Scope ScopeOf(const InsatsKey& key) {
  return domain::Scope{key.forbund, key.insats};
}

std::optional<absl::Time> RegisteredTime(const v1::CountRow& row) {
  if (!row.has_registered_time()) return std::nullopt;
  return TimeOf(row.registered_time());
}

bool SameFigures(const domain::Count& a, const domain::Count& b) {
  return a.total == b.total && a.women == b.women && a.men == b.men;
}

absl::StatusOr<std::optional<Known>> FindIn(storage::ReadTransaction& tx,
                                            const CountImport::Key& key) {
  const auto& [insats, kind, year] = key;
  const absl::StatusOr<storage::Versioned<domain::Count>> stored =
      tx.GetCount(insats, kind, year);
  if (absl::IsNotFound(stored.status())) return std::nullopt;
  RETURN_IF_ERROR(stored.status());
  return Known{stored->value, stored->known_from};
}

// The rows of one message; how it finds and puts counts is given. One thread.
class CountPass {
 public:
  using Find = std::function<absl::StatusOr<std::optional<Known>>(
      const CountImport::Key&)>;
  using Put =
      std::function<absl::Status(const CountImport::Key&, const domain::Count&,
                                 std::optional<absl::Time>)>;

  CountPass(const access::Caller& caller, const ImportMode& mode,
            absl::Time now, storage::ReadTransaction& tx, Find find, Put put)
      : caller_(caller),
        mode_(mode),
        now_(now),
        find_(std::move(find)),
        put_(std::move(put)),
        settings_(tx, [this](const InsatsKey& key) { return Permit(key); }) {}

  absl::StatusOr<RowOutcome> Handle(const v1::CountRow& row, RowPlace& place);

 private:
  struct ReadRow {
    domain::Count count;
    std::optional<absl::Time> known_from;
  };

  absl::Status Permit(const InsatsKey& key) const;
  bool MaySetVolume(const InsatsKey& key) const;
  absl::StatusOr<domain::Count> ReadFigures(const v1::Count& message,
                                            const InsatsSetting& setting,
                                            absl::Time moment) const;
  absl::StatusOr<ReadRow> Read(const v1::CountRow& row,
                               const InsatsSetting& setting) const;

  const access::Caller& caller_;
  const ImportMode& mode_;
  const absl::Time now_;
  const Find find_;
  const Put put_;
  SettingCache settings_;
};

absl::Status CountPass::Permit(const InsatsKey& key) const {
  if (MaySetVolume(key) || caller_.Has(Role::kSamordnare, ScopeOf(key))) {
    return absl::OkStatus();
  }
  return errors::NotPermitted();
}

bool CountPass::MaySetVolume(const InsatsKey& key) const {
  const domain::Scope scope = ScopeOf(key);
  return caller_.Has(Role::kForbundAdmin, scope) ||
         caller_.Has(Role::kImporter, scope) ||
         (mode_.migrate && caller_.Has(Role::kOperator, scope));
}

absl::StatusOr<RowOutcome> CountPass::Handle(const v1::CountRow& row,
                                             RowPlace& place) {
  const absl::StatusOr<const InsatsSetting*> found =
      settings_.Get(row.insats());
  if (!found.ok()) {
    place.resource = AuditableName(row.insats());
    return found.status();
  }
  const InsatsSetting& setting = **found;
  place = RowPlace{setting.key.forbund, row.insats()};
  ASSIGN_OR_RETURN(const ReadRow read, Read(row, setting));
  const CountImport::Key key{setting.key, read.count.kind, read.count.year};
  place.resource =
      validation::CountName(setting.key, read.count.kind, read.count.year);
  ASSIGN_OR_RETURN(const std::optional<Known> known, find_(key));
  if (known.has_value() && SameFigures(known->count, read.count)) {
    return RowOutcome::kUnchanged;
  }
  if (known.has_value()) {
    RETURN_IF_ERROR(CheckNotKnownLater(known->known_from, read.known_from));
  }
  RETURN_IF_ERROR(put_(key, read.count, read.known_from));
  return known.has_value() ? RowOutcome::kUpdated : RowOutcome::kRecorded;
}

absl::StatusOr<domain::Count> CountPass::ReadFigures(
    const v1::Count& message, const InsatsSetting& setting,
    absl::Time moment) const {
  ASSIGN_OR_RETURN(const domain::CountStatement said, ReadCount(message));
  if (said.kind == domain::CountKind::kVolume && !MaySetVolume(setting.key)) {
    return AtField("kind", errors::NotPermitted());
  }
  absl::StatusOr<domain::Count> count =
      domain::MakeCount(said, setting.insats, SwedishDay(moment));
  // Without a field: the insats is not registered in the way of that kind.
  if (!count.ok() && FaultsOf(count.status()).empty()) {
    return AtField("kind", count.status());
  }
  return count;
}

absl::StatusOr<CountPass::ReadRow> CountPass::Read(
    const v1::CountRow& row, const InsatsSetting& setting) const {
  const absl::StatusOr<std::optional<absl::Time>> known_from =
      KnownFrom(mode_, RegisteredTime(row), now_);
  const absl::Time moment = known_from.ok() ? known_from->value_or(now_) : now_;
  absl::StatusOr<domain::Count> count =
      ReadFigures(row.count(), setting, moment);
  Faults faults;
  faults.AddFrom("", known_from.status());
  faults.AddFrom("count", count.status());
  RETURN_IF_ERROR(faults.ToStatus());
  count->migrated = mode_.migrate;
  return ReadRow{*std::move(count), *known_from};
}

}  // namespace

absl::Status CountImport::Begin(const access::Caller& caller,
                                const v1::ImportOptions& options) {
  ASSIGN_OR_RETURN(mode_, ImportModeFrom(caller, options));
  return absl::OkStatus();
}

absl::Status CountImport::Apply(const access::Caller& caller,
                                const v1::CountRows& rows,
                                storage::WriteTransaction& tx,
                                v1::ImportProgress& progress) const {
  CountPass pass(
      caller, mode_, clock_.Now(), tx,
      [&](const Key& key) { return FindIn(tx, key); },
      [&](const Key& key, const domain::Count& count,
          std::optional<absl::Time> known_from) {
        return tx.PutCount(std::get<InsatsKey>(key).forbund, count, known_from)
            .status();
      });
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      [&](const storage::AuditEntry& entry) { return tx.AppendAudit(entry); },
      progress);
}

absl::Status CountImport::Check(const access::Caller& caller,
                                const v1::CountRows& rows,
                                storage::ReadTransaction& tx,
                                v1::ImportProgress& progress) {
  const absl::Time now = clock_.Now();
  CountPass pass(
      caller, mode_, now, tx,
      [&](const Key& key) -> absl::StatusOr<std::optional<Known>> {
        const auto found = memory_.find(key);
        if (found == memory_.end()) return FindIn(tx, key);
        return found->second;
      },
      [&](const Key& key, const domain::Count& count,
          std::optional<absl::Time> known_from) {
        memory_.insert_or_assign(key, Known{count, known_from.value_or(now)});
        return absl::OkStatus();
      });
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      AppendNothing, progress);
}

}  // namespace stegvis::handlers
