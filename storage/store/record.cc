#include "storage/store/record.h"

#include <google/protobuf/message_lite.h>

#include <optional>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/store/record.pb.h"
#include "storage/store/record_numbers.h"

namespace stegvis::storage {
namespace {

bool Parse(absl::string_view bytes, google::protobuf::MessageLite& message) {
  return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

template <typename Id>
std::optional<Id> IdFrom(const std::string& bytes) {
  IdBytes id;
  if (bytes.size() != id.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return Id::FromBytes(id);
}

template <typename Id>
void SetId(const std::optional<Id>& id, std::string* bytes) {
  if (id.has_value()) bytes->assign(id->View().data(), id->View().size());
}

}  // namespace

std::string Encode(const domain::Forbund& forbund) {
  v1::Forbund message;
  message.set_display_name(forbund.display_name);
  message.set_organization_number(forbund.organization_number.Text());
  message.set_start(forbund.start.Number());
  if (forbund.end.has_value()) message.set_end(forbund.end->Number());
  message.set_description(forbund.description);
  message.set_contact(forbund.contact);
  for (const domain::Kommun& kommun : forbund.kommuner) {
    v1::Kommun* const added = message.add_kommuner();
    added->set_code(kommun.code);
    added->set_district(kommun.district);
  }
  for (const domain::Party& party : forbund.parties) {
    v1::Party* const added = message.add_parties();
    added->set_title(party.title);
    added->set_participates(party.participates);
    added->set_finances(party.finances);
    added->set_uses_funds(party.uses_funds);
  }
  message.set_retention_months(forbund.retention_months);
  return message.SerializeAsString();
}

absl::StatusOr<domain::Forbund> DecodeForbund(ForbundId id,
                                              absl::string_view bytes) {
  v1::Forbund message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  const auto number =
      domain::OrganizationNumber::Parse(message.organization_number());
  if (!number.ok()) return errors::RecordUnreadable();

  domain::Forbund forbund{id,
                          message.display_name(),
                          *number,
                          Day::FromNumber(message.start()),
                          std::nullopt,
                          message.description(),
                          message.contact(),
                          {},
                          {},
                          domain::kDefaultRetentionMonths};
  if (message.has_retention_months()) {
    forbund.retention_months = message.retention_months();
  }
  if (message.has_end()) forbund.end = Day::FromNumber(message.end());
  for (const v1::Kommun& kommun : message.kommuner()) {
    forbund.kommuner.push_back({kommun.code(), kommun.district()});
  }
  for (const v1::Party& party : message.parties()) {
    forbund.parties.push_back({party.title(), party.participates(),
                               party.finances(), party.uses_funds()});
  }
  return forbund;
}

std::string Encode(const domain::Question& question) {
  v1::Question message;
  message.set_text(question.text);
  message.set_answer_type(NumberOf(kAnswerTypes, question.answer_type));
  for (const std::string& choice : question.choices) {
    message.add_choices(choice);
  }
  message.set_start(question.start.Number());
  if (question.end.has_value()) message.set_end(question.end->Number());
  message.set_position(question.position);
  message.set_asked_entry(question.asked_entry);
  message.set_asked_exit(question.asked_exit);
  return message.SerializeAsString();
}

absl::StatusOr<domain::Question> DecodeQuestion(QuestionId id,
                                                absl::string_view bytes) {
  v1::Question message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  const auto answer_type = ValueOf(kAnswerTypes, message.answer_type());
  if (!answer_type.has_value()) return errors::RecordUnreadable();

  domain::Question question{
      id,
      message.text(),
      *answer_type,
      {message.choices().begin(), message.choices().end()},
      Day::FromNumber(message.start()),
      std::nullopt,
      message.position(),
      message.asked_entry(),
      message.asked_exit()};
  if (message.has_end()) question.end = Day::FromNumber(message.end());
  return question;
}

std::string Encode(const domain::Insats& insats) {
  v1::Insats message;
  message.set_title(insats.title);
  message.set_description(insats.description);
  message.set_start(insats.start.Number());
  if (insats.end.has_value()) message.set_end(insats.end->Number());
  message.set_orientation(NumberOf(kOrientations, insats.orientation));
  message.set_focus(insats.focus);
  for (const std::string& group : insats.target_groups) {
    message.add_target_groups(group);
  }
  message.set_method(NumberOf(kMethods, insats.method));
  message.set_esf_financed(insats.esf_financed);
  for (const std::string& party : insats.parties) message.add_parties(party);
  for (const domain::PlannedYear& planned : insats.planned_years) {
    v1::PlannedYear* const added = message.add_planned_years();
    added->set_year(planned.year);
    added->set_participants(planned.participants);
  }
  return message.SerializeAsString();
}

absl::StatusOr<domain::Insats> DecodeInsats(InsatsId id,
                                            absl::string_view bytes) {
  v1::Insats message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  const auto orientation = ValueOf(kOrientations, message.orientation());
  const auto method = ValueOf(kMethods, message.method());
  if (!orientation.has_value() || !method.has_value()) {
    return errors::RecordUnreadable();
  }

  domain::Insats insats{
      id,
      message.title(),
      message.description(),
      Day::FromNumber(message.start()),
      std::nullopt,
      *orientation,
      message.focus(),
      {message.target_groups().begin(), message.target_groups().end()},
      *method,
      message.esf_financed(),
      {message.parties().begin(), message.parties().end()},
      {}};
  if (message.has_end()) insats.end = Day::FromNumber(message.end());
  for (const v1::PlannedYear& planned : message.planned_years()) {
    insats.planned_years.push_back({planned.year(), planned.participants()});
  }
  return insats;
}

std::string Encode(const domain::Count& count) {
  v1::Count message;
  message.set_kind(NumberOf(kCountKinds, count.kind));
  message.set_year(count.year);
  message.set_total(count.total);
  if (count.women.has_value()) message.set_women(*count.women);
  if (count.men.has_value()) message.set_men(*count.men);
  message.set_migrated(count.migrated);
  return message.SerializeAsString();
}

absl::StatusOr<domain::Count> DecodeCount(InsatsId insats,
                                          absl::string_view bytes) {
  v1::Count message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  const auto kind = ValueOf(kCountKinds, message.kind());
  if (!kind.has_value()) return errors::RecordUnreadable();

  domain::Count count{
      insats,       *kind,        message.year(),    message.total(),
      std::nullopt, std::nullopt, message.migrated()};
  if (message.has_women()) count.women = message.women();
  if (message.has_men()) count.men = message.men();
  return count;
}

std::string Encode(const std::optional<domain::AnonymousRemainder>& count) {
  v1::Remainder message;
  message.set_counted(count.has_value());
  if (count.has_value()) {
    message.set_man(count->sex == domain::Sex::kMan);
    message.set_start_year(count->start_year);
  }
  return message.SerializeAsString();
}

absl::StatusOr<std::optional<domain::AnonymousRemainder>> DecodeRemainder(
    absl::string_view bytes) {
  v1::Remainder message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  if (!message.counted()) return std::optional<domain::AnonymousRemainder>();
  return std::optional(domain::AnonymousRemainder{
      message.man() ? domain::Sex::kMan : domain::Sex::kWoman,
      message.start_year()});
}

std::string Encode(const domain::Withdrawal& withdrawal) {
  v1::Withdrawal message;
  message.set_withdrawn(withdrawal.withdrawn.Number());
  message.set_kept_until(withdrawal.kept_until.Number());
  return message.SerializeAsString();
}

absl::StatusOr<domain::Withdrawal> DecodeWithdrawal(absl::string_view bytes) {
  v1::Withdrawal message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  return domain::Withdrawal{Day::FromNumber(message.withdrawn()),
                            Day::FromNumber(message.kept_until())};
}

std::string Encode(const GrantRecord& record) {
  v1::Grant message;
  message.set_user(record.grant.user);
  message.set_role(NumberOf(kRoles, record.grant.role));
  SetId(record.grant.scope.forbund, message.mutable_forbund());
  SetId(record.grant.scope.insats, message.mutable_insats());
  message.set_removed(record.removed);
  return message.SerializeAsString();
}

absl::StatusOr<GrantRecord> DecodeGrant(absl::string_view bytes) {
  v1::Grant message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  const auto role = ValueOf(kRoles, message.role());
  if (!role.has_value()) return errors::RecordUnreadable();

  return GrantRecord{
      domain::Grant{message.user(), *role,
                    domain::Scope{IdFrom<ForbundId>(message.forbund()),
                                  IdFrom<InsatsId>(message.insats())}},
      message.removed()};
}

std::string Encode(const AuditEntry& entry) {
  v1::AuditEntry message;
  message.set_user(entry.user);
  message.set_method(entry.method);
  message.set_resource(entry.resource);
  message.set_reason(entry.reason);
  message.set_refused(entry.refused);
  return message.SerializeAsString();
}

absl::StatusOr<AuditEntry> DecodeAuditEntry(absl::string_view bytes) {
  v1::AuditEntry message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  return AuditEntry{std::nullopt,       message.user(),   message.method(),
                    message.resource(), message.reason(), message.refused()};
}

std::string Encode(const SealedReport& report) {
  v1::SealedReport message;
  message.set_payload(report.payload);
  message.set_signature(report.signature);
  message.set_public_key(report.public_key);
  return message.SerializeAsString();
}

absl::StatusOr<SealedReport> DecodeSealedReport(const SealedReportKey& key,
                                                absl::string_view bytes) {
  v1::SealedReport message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  return SealedReport{key, message.payload(), message.signature(),
                      message.public_key()};
}

std::string Encode(const RequestMemory& memory) {
  v1::RequestMemory message;
  message.set_digest(memory.digest);
  message.set_resource(memory.resource);
  message.set_version(memory.version);
  return message.SerializeAsString();
}

absl::StatusOr<RequestMemory> DecodeRequestMemory(absl::string_view bytes) {
  v1::RequestMemory message;
  if (!Parse(bytes, message)) return errors::RecordUnreadable();
  return RequestMemory{message.digest(), message.resource(), message.version(),
                       std::nullopt};
}

}  // namespace stegvis::storage
