// ParticipationHandler's reads; declared in participation_handler.h.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_participation.h"
#include "services/handlers/participation_handler.h"
#include "services/validation/paging.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Participation;
using storage::ListedParticipation;

// Where a page goes on: after a participation, or after one of its follow-ups.
struct After {
  std::optional<ParticipationId> participation;
  int months = 0;
};

// NAME_INVALID cannot come of a token that we made.
absl::StatusOr<After> AfterKey(const std::string& key) {
  if (key.empty()) return After{};
  const std::pair<std::string, std::string> parts = absl::StrSplit(key, ' ');
  After after;
  ASSIGN_OR_RETURN(after.participation, ParticipationId::Parse(parts.first));
  after.months = parts.second == "6" ? 6 : 12;
  return after;
}

// Collects the follow-ups that are due, one more than fits a page. One thread.
class DueFollowUps {
 public:
  DueFollowUps(const v1::ListDueFollowUpsRequest& request,
               const InsatsKey& insats, const domain::CodeBook& codes,
               Day today, v1::ListDueFollowUpsResponse& response)
      : request_(request),
        insats_(insats),
        codes_(codes),
        today_(today),
        response_(response) {}

  absl::Status Collect(storage::ReadTransaction& tx) {
    ASSIGN_OR_RETURN(const validation::Page page, validation::PageOf(request_));
    size_ = page.size;
    ASSIGN_OR_RETURN(After after, AfterKey(page.after));
    RETURN_IF_ERROR(CollectRestOf(after, tx));
    while (!full_) {
      ASSIGN_OR_RETURN(const std::vector<ListedParticipation> listed,
                       tx.ListParticipations(insats_, after.participation,
                                             limits::kMaxPageSize));
      if (listed.empty()) return absl::OkStatus();
      for (const ListedParticipation& one : listed) Add(one, 0);
      after.participation = listed.back().key.participation;
    }
    return absl::OkStatus();
  }

 private:
  // What the page before left of its last participation.
  absl::Status CollectRestOf(const After& after, storage::ReadTransaction& tx) {
    if (!after.participation.has_value()) return absl::OkStatus();
    const ParticipationKey key{insats_.forbund, insats_.insats,
                               *after.participation};
    absl::StatusOr<storage::Versioned<Participation>> last =
        tx.GetParticipation(key);
    if (absl::IsUnavailable(last.status())) return last.status();
    Add(ListedParticipation{key, std::move(last)}, after.months);
    return absl::OkStatus();
  }

  // Adds what is due after the follow-up of `months`. A record that cannot be
  // opened is named by ListParticipations.
  void Add(const ListedParticipation& listed, int months_before) {
    if (!listed.participation.ok()) return;
    for (const domain::FollowUpMonths months : domain::kAllFollowUpMonths) {
      if (domain::Months(months) > months_before) {
        AddIfDue(listed.key, listed.participation->value, months);
      }
    }
  }

  void AddIfDue(const ParticipationKey& key, const Participation& participation,
                domain::FollowUpMonths months) {
    const std::optional<Day> due =
        domain::DueDay(participation, months, codes_);
    const bool recorded =
        participation.follow_ups[static_cast<size_t>(months)].has_value();
    if (full_ || recorded || !due.has_value() || *due > today_) return;
    if (response_.due_follow_ups_size() == size_) {
      response_.set_next_page_token(
          validation::NextPageToken(request_, last_key_));
      full_ = true;
      return;
    }
    v1::DueFollowUp& added = *response_.add_due_follow_ups();
    added.set_name(validation::ParticipationName(key));
    added.set_months(domain::Months(months));
    added.set_due_date(due->Text());
    added.set_entry_date(participation.entry.day.Text());
    added.set_exit_date(participation.exit->day.Text());
    last_key_ =
        absl::StrCat(key.participation.Text(), " ", domain::Months(months));
  }

  const v1::ListDueFollowUpsRequest& request_;
  const InsatsKey insats_;
  const domain::CodeBook& codes_;
  const Day today_;
  v1::ListDueFollowUpsResponse& response_;
  int size_ = 0;
  std::string last_key_;
  bool full_ = false;
};

}  // namespace

absl::Status ParticipationHandler::GetParticipation(
    const access::Caller& /*caller*/,
    const v1::GetParticipationRequest& request, storage::ReadTransaction& tx,
    v1::Participation& response) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(request.name()));
  ASSIGN_OR_RETURN(const storage::Versioned<Participation> stored,
                   tx.GetParticipation(key));
  response = ToProto(key.forbund, stored, codes_);
  return absl::OkStatus();
}

absl::Status ParticipationHandler::ListParticipations(
    const access::Caller& /*caller*/,
    const v1::ListParticipationsRequest& request, storage::ReadTransaction& tx,
    v1::ListParticipationsResponse& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  RETURN_IF_ERROR(tx.GetInsats(key).status());
  ASSIGN_OR_RETURN(const validation::Page page, validation::PageOf(request));
  ASSIGN_OR_RETURN(const After after, AfterKey(page.after));
  ASSIGN_OR_RETURN(
      std::vector<ListedParticipation> listed,
      tx.ListParticipations(key, after.participation, page.size + 1));
  if (listed.size() > static_cast<size_t>(page.size)) {
    listed.pop_back();
    response.set_next_page_token(validation::NextPageToken(
        request, listed.back().key.participation.Text()));
  }
  for (const ListedParticipation& one : listed) {
    if (one.participation.ok()) {
      *response.add_participations() =
          ToProto(key.forbund, *one.participation, codes_);
    } else {
      response.add_unreadable(validation::ParticipationName(one.key));
    }
  }
  return absl::OkStatus();
}

absl::Status ParticipationHandler::ListDueFollowUps(
    const access::Caller& /*caller*/,
    const v1::ListDueFollowUpsRequest& request, storage::ReadTransaction& tx,
    v1::ListDueFollowUpsResponse& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  RETURN_IF_ERROR(tx.GetInsats(key).status());
  return DueFollowUps(request, key, codes_, SwedishDay(clock_.Now()), response)
      .Collect(tx);
}

}  // namespace stegvis::handlers
