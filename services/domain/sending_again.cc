// What is known and what is said again, put together; DecideRegistration is
// declared in participation.h.
//
// Putting together is commutative: whatever the order in which rows that do not
// contradict each other are sent, the same is recorded in the end.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/domain/participation.h"
#include "services/domain/participation_parts.h"

namespace stegvis::domain {
namespace {

constexpr RevealKey kCompareName = RevealKey::For("is it the same name");

// Puts fields of what is said into what is known: an empty one says nothing,
// one that was empty is added, another value is a fault. One thread.
class Merge {
 public:
  explicit Merge(const CodeBook& codes) : codes_(codes) {}

  bool Added() const { return added_; }
  absl::Status ToStatus() const { return faults_.ToStatus(); }

  void OfPerson(Participation& known, const Registration& said);
  void OfConsent(Consent& known, const Consent& said);
  void OfEntry(Entry& known, const Entry& said);
  void OfExit(std::optional<Exit>& known, const std::optional<Exit>& said);
  void OfFollowUps(FollowUps& known, const FollowUps& said);
  void Text(std::string& known, const std::string& said,
            absl::string_view path);

 private:
  template <typename T>
  void Fixed(const T& known, const T& said, absl::string_view path);
  template <typename T>
  void Optional(std::optional<T>& known, const std::optional<T>& said,
                absl::string_view path);
  void Education(std::string& known, const std::string& said);
  void Extents(std::vector<Support>& known, const std::vector<Support>& said,
               absl::string_view path);
  void Supports(std::vector<Support>& known, const std::vector<Support>& said,
                absl::string_view path);
  void OfSituation(Situation& known, const Situation& said,
                   absl::string_view path);
  void Answers(std::vector<Answer>& known, const std::vector<Answer>& said,
               absl::string_view path);
  bool IsUnknown(CodeList list, absl::string_view code) const;
  bool AreUnknown(const std::vector<Support>& supports) const;

  const CodeBook& codes_;
  Faults faults_;
  bool added_ = false;
};

template <typename T>
void Merge::Fixed(const T& known, const T& said, absl::string_view path) {
  if (known != said) faults_.Add(path, reasons::kDiffersFromRecorded);
}

template <typename T>
void Merge::Optional(std::optional<T>& known, const std::optional<T>& said,
                     absl::string_view path) {
  if (!said.has_value()) return;
  if (known.has_value()) return Fixed(*known, *said, path);
  known = said;
  added_ = true;
}

void Merge::Text(std::string& known, const std::string& said,
                 absl::string_view path) {
  if (said.empty()) return;
  if (!known.empty()) return Fixed(known, said, path);
  known = said;
  added_ = true;
}

bool Merge::IsUnknown(CodeList list, absl::string_view code) const {
  const Code* found = codes_.Find(list, code);
  return found != nullptr && found->flags.unknown;
}

bool Merge::AreUnknown(const std::vector<Support>& supports) const {
  return supports.size() == 1 &&
         IsUnknown(CodeList::kSupportSource, supports.front().source);
}

void Merge::Education(std::string& known, const std::string& said) {
  if (IsUnknown(CodeList::kEducation, said)) return;
  if (!IsUnknown(CodeList::kEducation, known)) {
    return Fixed(known, said, "entry.education");
  }
  known = said;
  added_ = true;
}

// Of the same sources: an extent can be missing in either.
void Merge::Extents(std::vector<Support>& known,
                    const std::vector<Support>& said, absl::string_view path) {
  for (Support& support : known) {
    const auto same = std::find_if(
        said.begin(), said.end(),
        [&](const Support& other) { return other.source == support.source; });
    if (same == said.end()) {
      faults_.Add(path, reasons::kDiffersFromRecorded);
      return;
    }
    Optional(support.extent_percent, same->extent_percent, path);
  }
}

void Merge::Supports(std::vector<Support>& known,
                     const std::vector<Support>& said, absl::string_view path) {
  if (AreUnknown(said)) return;
  if (AreUnknown(known)) {
    known = said;
    added_ = true;
    return;
  }
  if (known.size() != said.size()) {
    faults_.Add(path, reasons::kDiffersFromRecorded);
    return;
  }
  Extents(known, said, path);
}

void Merge::OfSituation(Situation& known, const Situation& said,
                        absl::string_view path) {
  Supports(known.supports, said.supports, absl::StrCat(path, ".supports"));
  if (!said.silence.work) {
    Fixed(known.work, said.work, absl::StrCat(path, ".work_hours"));
  }
  if (!said.silence.study) {
    Fixed(known.study, said.study, absl::StrCat(path, ".study_hours"));
  }
  if (!said.silence.seeking) {
    Fixed(known.seeking, said.seeking, absl::StrCat(path, ".seeking"));
  }
}

void Merge::Answers(std::vector<Answer>& known, const std::vector<Answer>& said,
                    absl::string_view path) {
  for (size_t i = 0; i < said.size(); ++i) {
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const Answer& answer) {
          return answer.question == said[i].question;
        });
    if (same != known.end()) {
      Fixed(same->value, said[i].value,
            absl::StrCat(path, ".answers[", i, "].value"));
      continue;
    }
    known.push_back(said[i]);
    added_ = true;
  }
}

void Merge::OfPerson(Participation& known, const Registration& said) {
  std::string name = known.display_name.Reveal(kCompareName);
  Text(name, said.display_name.Reveal(kCompareName), "person.display_name");
  known.display_name = Sensitive<std::string>(std::move(name));
}

void Merge::OfConsent(Consent& known, const Consent& said) {
  Fixed(known.signed_day, said.signed_day, "consent.signed_date");
  Text(known.reference, said.reference, "consent.reference");
}

void Merge::OfEntry(Entry& known, const Entry& said) {
  OfSituation(known.situation, said.situation, "entry.situation");
  Education(known.education, said.education);
  Optional(known.months_on_support, said.months_on_support,
           "entry.months_on_support");
  Text(known.referring_party, said.referring_party, "entry.referring_party");
  Answers(known.answers, said.answers, "entry");
}

void Merge::OfExit(std::optional<Exit>& known,
                   const std::optional<Exit>& said) {
  if (!said.has_value()) return;
  if (!known.has_value()) {
    known = said;
    added_ = true;
    return;
  }
  Fixed(known->day, said->day, "exit.date");
  Fixed(known->end_reason, said->end_reason, "exit.end_reason");
  if (known->situation.has_value() && said->situation.has_value()) {
    OfSituation(*known->situation, *said->situation, "exit.situation");
  } else {
    Optional(known->situation, said->situation, "exit.situation");
  }
  Answers(known->answers, said->answers, "exit");
}

void Merge::OfFollowUps(FollowUps& known, const FollowUps& said) {
  for (const FollowUpMonths months : kAllFollowUpMonths) {
    std::optional<FollowUp>& old = known[static_cast<size_t>(months)];
    const std::optional<FollowUp>& again = said[static_cast<size_t>(months)];
    const std::string path = absl::StrCat("follow_ups[", Months(months), "]");
    if (old.has_value() && again.has_value()) {
      Fixed(old->day, again->day, absl::StrCat(path, ".date"));
      OfSituation(old->situation, again->situation,
                  absl::StrCat(path, ".situation"));
    } else {
      Optional(old, again, path);
    }
  }
}

// `known` with what `said` adds, and whether it adds anything.
struct Merged {
  Participation participation;
  bool added;
};

// INVALID_ARGUMENT with DIFFERS_FROM_RECORDED at every field that differs.
absl::StatusOr<Merged> PutTogether(const Participation& known,
                                   const Registration& said,
                                   const CodeBook& codes) {
  Merged merged{known, /*added=*/false};
  Merge merge(codes);
  merge.OfPerson(merged.participation, said);
  merge.OfConsent(merged.participation.consent, *said.consent);
  merge.Text(merged.participation.kommun, said.kommun, "kommun");
  merge.OfEntry(merged.participation.entry, said.entry);
  merge.OfExit(merged.participation.exit, said.exit);
  merge.OfFollowUps(merged.participation.follow_ups, said.follow_ups);
  RETURN_IF_ERROR(merge.ToStatus());
  merged.added = merge.Added();
  return merged;
}

Participation Fresh(const Registration& said, ParticipationId id,
                    const std::string& user, const Surroundings& around) {
  return Participation{.id = id,
                       .insats = around.insats.id,
                       .number = said.number,
                       .display_name = said.display_name,
                       .consent = *said.consent,
                       .kommun = said.kommun,
                       .entry = said.entry,
                       .exit = said.exit,
                       .follow_ups = said.follow_ups,
                       .acknowledgements = {},
                       .registered_by = user,
                       .changed_by = user,
                       .correction_reason = "",
                       .migrated = false};
}

// Whether `said` is the row that made the wrong registration `known`, sent
// again: then it must not come back, nor be added to at each sending.
bool RepeatsWrong(const Participation& known, const Registration& said,
                  const CodeBook& codes) {
  const absl::StatusOr<Merged> merged = PutTogether(known, said, codes);
  const bool wrong = said.exit.has_value() &&
                     EndReasonFlags(*said.exit, codes).excluded_from_statistics;
  return merged.ok() && (wrong || !merged->added);
}

// The known participation that `said` tells of again; null for a new one. A
// wrong registration counts as not there, except for the row that made it.
const Participation* FindSame(const std::vector<Participation>& known,
                              const Registration& said, const CodeBook& codes) {
  const Participation* repeated = nullptr;
  for (const Participation& participation : known) {
    if (participation.entry.day != said.entry.day) continue;
    if (!IsRegisteredWrongly(participation, codes)) return &participation;
    if (RepeatsWrong(participation, said, codes)) repeated = &participation;
  }
  return repeated;
}

}  // namespace

absl::StatusOr<RegisterDecision> DecideRegistration(
    const std::vector<Participation>& known, const Registration& registration,
    ParticipationId new_id, const std::string& user,
    const Surroundings& around) {
  using Kind = RegisterDecision::Kind;
  const Participation* same = FindSame(known, registration, around.codes);
  if (same == nullptr) {
    Participation fresh = Fresh(registration, new_id, user, around);
    RETURN_IF_ERROR(CheckOverlap(fresh, known, around.codes));
    return RegisterDecision{Kind::kNew, std::move(fresh)};
  }
  ASSIGN_OR_RETURN(Merged merged,
                   PutTogether(*same, registration, around.codes));
  if (!merged.added) return RegisterDecision{Kind::kUnchanged, *same};
  Participation updated = NextVersion(merged.participation, user);
  RETURN_IF_ERROR(CheckOverlap(updated, known, around.codes));
  DropLapsedAcknowledgements(updated, around.codes);
  return RegisterDecision{Kind::kUpdated, std::move(updated)};
}

}  // namespace stegvis::domain
