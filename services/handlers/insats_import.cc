#include "services/handlers/insats_import.h"

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_insats.h"
#include "services/handlers/reading.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Insats;
using domain::Role;

constexpr absl::string_view kMethod = "ImportInsatser";

// DIFFERS_FROM_RECORDED at every field in which `said` is not `known`. A row
// without planned years says nothing of them: files have no column for them.
absl::Status CheckSame(const Insats& known, const Insats& said) {
  Faults faults;
  const auto check = [&](bool same, absl::string_view field) {
    if (!same) faults.Add(field, reasons::kDiffersFromRecorded);
  };
  check(known.description == said.description, "description");
  check(known.start == said.start, "start_date");
  check(known.end == said.end, "end_date");
  check(known.orientation == said.orientation, "orientation");
  check(known.focus == said.focus, "focus");
  check(known.target_groups == said.target_groups, "target_groups");
  check(known.method == said.method, "registration_method");
  check(known.esf_financed == said.esf_financed, "esf_financed");
  check(known.parties == said.parties, "parties");
  check(said.planned_years.empty() || known.planned_years == said.planned_years,
        "planned_years");
  return faults.ToStatus();
}

// The rows of one message; what is put is kept in `known` too. One thread.
class InsatsPass {
 public:
  using Put = std::function<absl::Status(ForbundId, const Insats&)>;
  using NewId = std::function<InsatsId()>;

  InsatsPass(const access::Caller& caller, const domain::CodeBook& codes,
             const ImportMode& mode, Day today, storage::ReadTransaction& tx,
             InsatsImport::ByTitle& known, NewId new_id, Put put)
      : caller_(caller),
        codes_(codes),
        mode_(mode),
        today_(today),
        tx_(tx),
        known_(known),
        new_id_(std::move(new_id)),
        put_(std::move(put)) {}

  absl::StatusOr<RowOutcome> Handle(const v1::InsatsRow& row, RowPlace& place);

 private:
  // The förbund that `name` names, its insatser loaded. Faults at `forbund`.
  absl::StatusOr<ForbundId> Enter(const std::string& name);
  absl::Status Permit(ForbundId forbund) const;
  absl::Status Load(ForbundId forbund);

  const access::Caller& caller_;
  const domain::CodeBook& codes_;
  const ImportMode& mode_;
  const Day today_;
  storage::ReadTransaction& tx_;
  InsatsImport::ByTitle& known_;
  std::set<ForbundId> loaded_;
  const NewId new_id_;
  const Put put_;
};

absl::StatusOr<RowOutcome> InsatsPass::Handle(const v1::InsatsRow& row,
                                              RowPlace& place) {
  const absl::StatusOr<ForbundId> forbund = Enter(row.forbund());
  if (!forbund.ok()) {
    place.resource = AuditableName(row.forbund());
    return forbund.status();
  }
  place = RowPlace{*forbund, row.forbund()};
  Reading reading;
  const Insats said = ReadInsats(row.insats(), new_id_(), reading);
  const auto found = known_.find({*forbund, said.title});
  const bool is_new = found == known_.end();
  RETURN_IF_ERROR(
      InField("insats", reading.With(is_new ? CheckInsats(said, codes_, today_)
                                            : CheckSame(found->second, said))));
  const Insats& insats = is_new ? said : found->second;
  place.resource = validation::InsatsName(InsatsKey{*forbund, insats.id});
  if (!is_new) return RowOutcome::kUnchanged;
  RETURN_IF_ERROR(put_(*forbund, said));
  known_.emplace(std::make_pair(*forbund, said.title), said);
  return RowOutcome::kRecorded;
}

absl::StatusOr<ForbundId> InsatsPass::Enter(const std::string& name) {
  absl::StatusOr<ForbundId> forbund = validation::ParseForbundName(name);
  if (!forbund.ok()) return AtField("forbund", forbund.status());
  if (loaded_.contains(*forbund)) return forbund;
  absl::Status entered = Permit(*forbund);
  if (entered.ok()) entered = Load(*forbund);
  if (!entered.ok()) return AtField("forbund", entered);
  return forbund;
}

absl::Status InsatsPass::Permit(ForbundId forbund) const {
  const domain::Scope scope{forbund, std::nullopt};
  if (caller_.Has(Role::kForbundAdmin, scope) ||
      (mode_.migrate && caller_.Has(Role::kOperator, scope))) {
    return absl::OkStatus();
  }
  return errors::NotPermitted();
}

absl::Status InsatsPass::Load(ForbundId forbund) {
  RETURN_IF_ERROR(tx_.GetForbund(forbund).status());
  ASSIGN_OR_RETURN(const std::vector<storage::Versioned<Insats>> insatser,
                   tx_.ListInsatser(forbund));
  for (const storage::Versioned<Insats>& insats : insatser) {
    known_.emplace(std::make_pair(forbund, insats.value.title), insats.value);
  }
  loaded_.insert(forbund);
  return absl::OkStatus();
}

}  // namespace

absl::Status InsatsImport::Begin(const access::Caller& caller,
                                 const v1::ImportOptions& options) {
  ASSIGN_OR_RETURN(mode_, ImportModeFrom(caller, options));
  return absl::OkStatus();
}

absl::Status InsatsImport::Apply(const access::Caller& caller,
                                 const v1::InsatsRows& rows,
                                 storage::WriteTransaction& tx,
                                 v1::ImportProgress& progress) const {
  ByTitle known;
  InsatsPass pass(
      caller, codes_, mode_, SwedishDay(clock_.Now()), tx, known,
      [&] { return InsatsId::FromBytes(tx.NewId()); },
      [&](ForbundId forbund, const Insats& insats) {
        return tx.PutInsats(forbund, insats).status();
      });
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      [&](const storage::AuditEntry& entry) { return tx.AppendAudit(entry); },
      progress);
}

absl::Status InsatsImport::Check(const access::Caller& caller,
                                 const v1::InsatsRows& rows,
                                 storage::ReadTransaction& tx,
                                 v1::ImportProgress& progress) {
  InsatsPass pass(
      caller, codes_, mode_, SwedishDay(clock_.Now()), tx, memory_,
      [] { return InsatsId::FromBytes(RandomUuid()); },
      [](ForbundId, const Insats&) { return absl::OkStatus(); });
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      AppendNothing, progress);
}

}  // namespace stegvis::handlers
