// What it costs to keep the promises, over the store of an installation that
// `fill` has filled and no server serves:
//
//   trust_bench INSTALLATION
//
// - the audit log: registrations with an entry each against the same without,
//   turn about, 64 under way at any time;
// - erasing a person: one after the other, each durable and without a trace.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "storage/store/erase.h"
#include "storage/store/open.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using storage::ReadTransaction;
using storage::Store;
using storage::WriteTransaction;

constexpr int kRounds = 5;
constexpr int kRegistrations = 6'400;  // Of a round.
constexpr int kTogether = 64;
constexpr int kErasures = 400;

double Milliseconds(SteadyClock::time_point begin) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - begin)
      .count();
}

double At(std::vector<double>& values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(share *
                                    static_cast<double>(values.size() - 1))];
}

absl::StatusOr<InsatsKey> SomeInsats(Store& store) {
  absl::StatusOr<InsatsKey> found = absl::NotFoundError("no insats");
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto forbund, tx.ListForbund());
        const ForbundId id = forbund.front().value.id;
        ASSIGN_OR_RETURN(const auto insatser, tx.ListInsatser(id));
        found = InsatsKey{id, insatser.front().value.id};
        return absl::OkStatus();
      }));
  return found;
}

absl::Status Register(WriteTransaction& tx, const InsatsKey& place, int serial,
                      bool audited) {
  domain::Participation made = testing::AParticipation().Build();
  made.id = ParticipationId::FromBytes(tx.NewId());
  made.insats = place.insats;
  made.number = testing::ValidNumber(
      Day::FirstOfYear(1955).PlusDays(serial / 900), 1 + serial % 900);
  RETURN_IF_ERROR(
      tx.PutParticipation(place.forbund, made, std::nullopt).status());
  if (!audited) return absl::OkStatus();
  return tx.AppendAudit({place.forbund, "samordnare", "RegisterParticipation",
                         NameOf({place.forbund, place.insats, made.id}), "",
                         false});
}

// Microseconds a registration.
double RegisterAll(Store& store, const InsatsKey& place, int first,
                   bool audited) {
  const SteadyClock::time_point begin = SteadyClock::now();
  for (int done = 0; done < kRegistrations; done += kTogether) {
    absl::BlockingCounter left(kTogether);
    for (int i = 0; i < kTogether; ++i) {
      store.Write(
          [&, serial = first + done + i](WriteTransaction& tx) {
            return Register(tx, place, serial, audited);
          },
          [&](const absl::Status&) { left.DecrementCount(); });
    }
    left.Wait();
  }
  return 1000 * Milliseconds(begin) / kRegistrations;
}

void MeasureAudit(Store& store, const InsatsKey& place) {
  std::vector<double> with, without;
  int first = 0;
  for (int round = 0; round < kRounds; ++round) {
    for (const bool audited : {false, true}) {
      (audited ? with : without)
          .push_back(RegisterAll(store, place, first, audited));
      first += kRegistrations;
    }
  }
  const double bare = At(without, 0.5);
  const double audited = At(with, 0.5);
  std::printf("registration_us %.1f with_audit_us %.1f audit_share %.3f\n",
              bare, audited, (audited - bare) / audited);
}

absl::Status MeasureErasing(Store& store, const InsatsKey& place) {
  std::vector<ParticipationKey> keys;
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const auto listed,
                         tx.ListParticipations(place, std::nullopt, kErasures));
        for (const auto& one : listed) keys.push_back(one.key);
        return absl::OkStatus();
      }));
  std::vector<double> times;
  for (const ParticipationKey& key : keys) {
    const SteadyClock::time_point begin = SteadyClock::now();
    RETURN_IF_ERROR(
        store.WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
          ASSIGN_OR_RETURN(const storage::ParticipationToErase what,
                           storage::WhatToErase(tx, key, store.Codes(),
                                                SwedishDay(absl::Now())));
          return tx.EraseParticipation(what).status();
        }));
    times.push_back(Milliseconds(begin));
  }
  std::printf("erase_p50_ms %.2f erase_p99_ms %.2f\n", At(times, 0.5),
              At(times, 0.99));
  return absl::OkStatus();
}

absl::Status Measure(const std::string& installation) {
  const SystemClock clock;
  storage::StoreOptions options;
  options.data_directory = absl::StrCat(installation, "/data");
  options.key_source = absl::StrCat(installation, "/key-source");
  ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                   storage::OpenStore(options, clock));
  ASSIGN_OR_RETURN(const InsatsKey place, SomeInsats(*store));
  MeasureAudit(*store, place);
  RETURN_IF_ERROR(MeasureErasing(*store, place));
  store->Stop();
  return absl::OkStatus();
}

}  // namespace
}  // namespace stegvis::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: trust_bench INSTALLATION\n", stderr);
    return 2;
  }
  const absl::Status status = stegvis::bench::Measure(argv[1]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
