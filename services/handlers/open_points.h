// What may still move the figures of a year: counted when its report is sealed.
#pragma once

#include <array>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "services/domain/participation.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// How many months a participation may have gone on at the end of the year
// before it is asked about.
inline constexpr int kLongMonths = 24;

// Whether the participation is anywhere in the year: it began in it, went on,
// or ended in it. A wrong registration is nowhere.
bool CountsIn(const domain::Participation& participation, int year,
              const domain::CodeBook& codes);

// How many follow-ups of the year's base fall due after `after`, and not after
// `until`; what was made counts too.
int FollowUpsFallingDue(const domain::Participation& participation, int year,
                        Day after, Day until, const domain::CodeBook& codes);

// Is given every version of a förbund's participations, those of one in order,
// and counts by the last. One thread.
class OpenPointCounter {
 public:
  // `today` is the day that the report is made as of.
  OpenPointCounter(int year, Day today, const domain::CodeBook& codes)
      : year_(year), today_(today), codes_(codes) {}

  absl::Status Add(const storage::ScannedVersion& version);

  v1::OpenPoints Sum() const;

 private:
  struct Open {
    int without_exit = 0;
    int follow_ups_due = 0;
    int findings = 0;
  };

  Open OpenIn(const domain::Participation& participation) const;

  const int year_;
  const Day today_;
  const domain::CodeBook& codes_;
  absl::flat_hash_map<ParticipationId, Open> open_;  // Those with anything.
};

}  // namespace stegvis::handlers
