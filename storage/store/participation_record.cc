// The part of record.h that participations need; it stands by itself because a
// start opens a million of them.
#include <optional>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/store/record.h"
#include "storage/store/record.pb.h"
#include "storage/store/record_numbers.h"

namespace stegvis::storage {
namespace {

using Answers = google::protobuf::RepeatedPtrField<v1::Answer>;

RevealKey Sealing() { return RevealKey::For("a participation is sealed"); }

void EncodeSituation(const domain::Situation& situation, v1::Situation* out) {
  for (const domain::Support& support : situation.supports) {
    v1::Support* const added = out->add_supports();
    added->set_source(support.source);
    if (support.extent_percent.has_value()) {
      added->set_extent_percent(*support.extent_percent);
    }
  }
  out->set_work_halves(static_cast<uint32_t>(situation.work.Halves()));
  out->set_study_halves(static_cast<uint32_t>(situation.study.Halves()));
  out->set_seeking(situation.seeking);
}

void EncodeAnswers(const std::vector<domain::Answer>& answers, Answers* out) {
  for (const domain::Answer& answer : answers) {
    v1::Answer* const added = out->Add();
    const absl::string_view question = answer.question.View();
    added->set_question(question.data(), question.size());
    added->set_value(answer.value);
  }
}

void EncodeEntry(const domain::Entry& entry, v1::Entry* out) {
  out->set_day(entry.day.Number());
  EncodeSituation(entry.situation, out->mutable_situation());
  out->set_education(entry.education);
  if (entry.months_on_support.has_value()) {
    out->set_months_on_support(*entry.months_on_support);
  }
  out->set_referring_party(entry.referring_party);
  EncodeAnswers(entry.answers, out->mutable_answers());
}

void EncodeExit(const domain::Exit& exit, v1::Exit* out) {
  out->set_day(exit.day.Number());
  out->set_end_reason(exit.end_reason);
  if (exit.situation.has_value()) {
    EncodeSituation(*exit.situation, out->mutable_situation());
  }
  EncodeAnswers(exit.answers, out->mutable_answers());
}

void EncodeFollowUp(const domain::FollowUp& follow_up, v1::FollowUp* out) {
  out->set_day(follow_up.day.Number());
  EncodeSituation(follow_up.situation, out->mutable_situation());
}

void EncodeMoments(const domain::Participation& participation,
                   v1::Participation& message) {
  EncodeEntry(participation.entry, message.mutable_entry());
  if (participation.exit.has_value()) {
    EncodeExit(*participation.exit, message.mutable_exit());
  }
  const auto& [six, twelve] = participation.follow_ups;
  if (six.has_value()) EncodeFollowUp(*six, message.mutable_follow_up_6());
  if (twelve.has_value()) {
    EncodeFollowUp(*twelve, message.mutable_follow_up_12());
  }
}

// Each returns false when the bytes cannot be such a value.

bool DecodeSituation(const v1::Situation& message, domain::Situation& out) {
  out.supports.reserve(static_cast<size_t>(message.supports_size()));
  for (const v1::Support& support : message.supports()) {
    domain::Support& added = out.supports.emplace_back();
    added.source = support.source();
    if (support.has_extent_percent()) {
      added.extent_percent = support.extent_percent();
    }
  }
  const auto work = domain::HalfHours::FromStored(message.work_halves());
  const auto study = domain::HalfHours::FromStored(message.study_halves());
  if (!work.ok() || !study.ok()) return false;
  out.work = *work;
  out.study = *study;
  out.seeking = message.seeking();
  return true;
}

bool DecodeAnswers(const Answers& messages, std::vector<domain::Answer>& out) {
  for (const v1::Answer& message : messages) {
    IdBytes id;
    if (message.question().size() != id.size()) return false;
    std::copy(message.question().begin(), message.question().end(), id.begin());
    out.push_back({QuestionId::FromBytes(id), message.value()});
  }
  return true;
}

bool DecodeEntry(const v1::Entry& message, domain::Entry& out) {
  out.education = message.education();
  if (message.has_months_on_support()) {
    out.months_on_support = message.months_on_support();
  }
  out.referring_party = message.referring_party();
  return DecodeSituation(message.situation(), out.situation) &&
         DecodeAnswers(message.answers(), out.answers);
}

bool DecodeExit(const v1::Exit& message, std::optional<domain::Exit>& out) {
  out = domain::Exit{
      Day::FromNumber(message.day()), message.end_reason(), std::nullopt, {}};
  if (message.has_situation() &&
      !DecodeSituation(message.situation(), out->situation.emplace())) {
    return false;
  }
  return DecodeAnswers(message.answers(), out->answers);
}

bool DecodeFollowUp(const v1::FollowUp& message,
                    std::optional<domain::FollowUp>& out) {
  out = domain::FollowUp{Day::FromNumber(message.day()), {}};
  return DecodeSituation(message.situation(), out->situation);
}

bool DecodeMoments(const v1::Participation& message,
                   domain::Participation& out) {
  if (!DecodeEntry(message.entry(), out.entry)) return false;
  if (message.has_exit() && !DecodeExit(message.exit(), out.exit)) return false;
  auto& [six, twelve] = out.follow_ups;
  if (message.has_follow_up_6() &&
      !DecodeFollowUp(message.follow_up_6(), six)) {
    return false;
  }
  return !message.has_follow_up_12() ||
         DecodeFollowUp(message.follow_up_12(), twelve);
}

bool DecodeAcknowledgements(const v1::Participation& message,
                            std::vector<domain::Acknowledgement>& out) {
  for (const v1::Acknowledgement& said : message.acknowledgements()) {
    const auto kind = ValueOf(kFindingKinds, said.kind());
    if (!kind.has_value()) return false;
    out.push_back({*kind, said.text(), said.user()});
  }
  return true;
}

}  // namespace

std::string Encode(const domain::Participation& participation) {
  // Kept from call to call with the memory of its parts.
  thread_local v1::Participation message;
  message.Clear();
  message.set_number(participation.number.Digits(Sealing()));
  message.set_display_name(participation.display_name.Reveal(Sealing()));
  message.set_consent_day(participation.consent.signed_day.Number());
  message.set_consent_reference(participation.consent.reference);
  message.set_kommun(participation.kommun);
  EncodeMoments(participation, message);
  for (const domain::Acknowledgement& said : participation.acknowledgements) {
    v1::Acknowledgement* const added = message.add_acknowledgements();
    added->set_kind(NumberOf(kFindingKinds, said.kind));
    added->set_text(said.text);
    added->set_user(said.user);
  }
  message.set_registered_by(participation.registered_by);
  message.set_changed_by(participation.changed_by);
  message.set_correction_reason(participation.correction_reason);
  message.set_migrated(participation.migrated);
  return message.SerializeAsString();
}

absl::StatusOr<domain::Participation> DecodeParticipation(
    const ParticipationKey& key, absl::string_view bytes) {
  thread_local v1::Participation message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return errors::RecordUnreadable();
  }
  auto number = domain::PersonNumber::FromStored(message.number());
  if (!number.ok()) return errors::RecordUnreadable();

  domain::Participation participation{
      key.participation,
      key.insats,
      *std::move(number),
      Sensitive<std::string>(message.display_name()),
      {Day::FromNumber(message.consent_day()), message.consent_reference()},
      message.kommun(),
      {Day::FromNumber(message.entry().day()), {}, {}, {}, {}, {}},
      std::nullopt,
      {},
      {},
      message.registered_by(),
      message.changed_by(),
      message.correction_reason(),
      message.migrated()};
  if (!DecodeMoments(message, participation) ||
      !DecodeAcknowledgements(message, participation.acknowledgements)) {
    return errors::RecordUnreadable();
  }
  return participation;
}

}  // namespace stegvis::storage
