#include "tests/fault/workload.h"

#include <algorithm>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::fault {
namespace {

using domain::CountKind;
using storage::Store;
using storage::WriteTransaction;
using testing::AForbund;
using testing::AnInsats;
using testing::AParticipation;
using testing::ARegistration;
using testing::On;
using testing::TestId;
using testing::ValidNumber;

const ForbundId kFirst = TestId<ForbundId>(1);
const ForbundId kSecond = TestId<ForbundId>(2);

Deed PutForbund(const std::string& name, const AForbund& forbund) {
  // A förbund that is being made has no log of its own yet.
  return {name, std::nullopt, [value = forbund.Build()](WriteTransaction& tx) {
            return tx.PutForbund(value).status();
          }};
}

Deed PutInsats(const std::string& name, const AnInsats& insats,
               ForbundId forbund = kFirst) {
  return {name, forbund,
          [forbund, value = insats.Build()](WriteTransaction& tx) {
            return tx.PutInsats(forbund, value).status();
          }};
}

Deed PutQuestion(const std::string& name) {
  const domain::Question question = {.id = TestId<QuestionId>(1),
                                     .text = "Hur gick det?",
                                     .answer_type = domain::AnswerType::kText,
                                     .choices = {},
                                     .start = On("2015-01-01"),
                                     .end = std::nullopt,
                                     .position = 1,
                                     .asked_entry = true,
                                     .asked_exit = false};
  return {name, kFirst, [question](WriteTransaction& tx) {
            return tx.PutQuestion(kFirst, question).status();
          }};
}

Deed PutPerson(const std::string& name, uint8_t id,
               const ARegistration& registration, ForbundId forbund = kFirst,
               std::optional<absl::Time> known_from = std::nullopt) {
  AParticipation made;
  made.WithId(TestId<ParticipationId>(id)).As(registration);
  if (known_from.has_value()) made.Migrated();
  return {name, forbund,
          [forbund, known_from, value = made.Build()](WriteTransaction& tx) {
            return tx.PutParticipation(forbund, value, known_from).status();
          }};
}

Deed PutCount(const std::string& name, int64_t women) {
  const domain::Count count = {TestId<InsatsId>(1),
                               CountKind::kAnonymous,
                               2020,
                               women + 1,
                               women,
                               1,
                               false};
  return {name, kFirst, [count](WriteTransaction& tx) {
            return tx.PutCount(kFirst, count, std::nullopt).status();
          }};
}

Deed PutGrant(const std::string& name, const domain::Grant& grant) {
  return {name, std::nullopt, [grant](WriteTransaction& tx) {
            return tx.PutGrant(grant).status();
          }};
}

Deed RemoveGrant(const std::string& name, const domain::Grant& grant) {
  return {name, std::nullopt,
          [grant](WriteTransaction& tx) { return tx.RemoveGrant(grant); }};
}

Deed SealReport(const std::string& name) {
  return {name, kFirst, [name](WriteTransaction& tx) {
            return tx.PutSealedReport({kFirst, 2020, 1, name, name}).status();
          }};
}

Deed Nothing(const std::string& name) {
  return {name, kFirst, [](WriteTransaction&) { return absl::OkStatus(); }};
}

Deed Regretting(Deed deed) {
  deed.regrets = true;
  return deed;
}

ARegistration Person(int number) {
  return ARegistration().Of(
      ValidNumber(On("1980-01-01").PlusDays(number), 100 + number));
}

std::vector<Group> MakeWorkload() {
  const domain::Grant analyst = {"anna", domain::Role::kAnalyst, {kFirst, {}}};
  const domain::Grant operating = {"berit", domain::Role::kOperator, {}};
  return {
      {PutForbund("a förbund", AForbund().WithId(kFirst))},
      {PutInsats("an insats", AnInsats()),
       PutInsats("another insats",
                 AnInsats().WithId(TestId<InsatsId>(2)).Titled("Andra")),
       PutQuestion("a question")},
      {PutPerson("person 1", 1, Person(1)),
       Regretting(PutPerson("person 9", 9, Person(9))),
       PutPerson("person 2", 2, Person(2)),
       PutPerson("person 3", 3, Person(3).Called(std::string(900, 'x'))),
       PutGrant("a grant", analyst)},
      {PutForbund("a second förbund",
                  AForbund().WithId(kSecond).Named("Andra").Numbered(
                      testing::ValidOrganizationNumber(2))),
       PutPerson("person 1 ends", 1, Person(1).Exiting(On("2020-06-15"))),
       PutPerson("person 2 has another number", 2, Person(4)),
       PutCount("a count", 1), Nothing("a refusal")},
      {PutCount("the count again", 2),
       PutInsats("the insats renamed", AnInsats().Titled("Ny")),
       RemoveGrant("the grant removed", analyst),
       PutGrant("another grant", operating), SealReport("a sealed report"),
       PutInsats("an insats of the second", AnInsats(), kSecond)},
      {PutPerson("somebody migrated", 5, Person(5), kSecond,
                 absl::FromUnixSeconds(1'500'000'000))},
  };
}

absl::Status Run(WriteTransaction& tx, const Deed& deed) {
  ASSIGN_OR_RETURN(const auto known, tx.FindRequest(RequestOf(deed.name)));
  if (known.has_value()) return absl::OkStatus();
  RETURN_IF_ERROR(deed.put(tx));
  RETURN_IF_ERROR(
      tx.AppendAudit({deed.forbund, "anna", "Do", deed.name, "", false}));
  RETURN_IF_ERROR(
      tx.RememberRequest(RequestOf(deed.name), {"digest", deed.name, 1}));
  return deed.regrets ? errors::Overlaps() : absl::OkStatus();
}

// Keeps the writer busy with a body that writes nothing, until it is let go.
class Occupation {
 public:
  explicit Occupation(Store& store) {
    store.Write(
        [this](WriteTransaction&) {
          Note(begun_);
          released_.WaitForNotification();
          return absl::OkStatus();
        },
        // Of a database that is away, the body never begins.
        [this](const absl::Status&) { Note(ended_); });
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](Occupation* self) { return self->begun_ || self->ended_; }, this));
  }
  ~Occupation() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(&ended_));
  }

  void Release() { released_.Notify(); }

 private:
  void Note(bool& what) {
    absl::MutexLock lock(&mutex_);
    what = true;
  }

  absl::Notification released_;
  absl::Mutex mutex_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

const std::vector<Group>& Workload() {
  static const auto& workload = *new std::vector<Group>(MakeWorkload());
  return workload;
}

const Deed& Afterwards() {
  static const auto& deed =
      *new Deed(PutPerson("somebody afterwards", 7, Person(7)));
  return deed;
}

std::vector<Deed> AllDeeds() {
  std::vector<Deed> deeds;
  for (const Group& group : Workload()) {
    deeds.insert(deeds.end(), group.begin(), group.end());
  }
  deeds.push_back(Afterwards());
  return deeds;
}

std::vector<absl::Status> DoTogether(Store& store, const Group& group) {
  std::vector<absl::Status> told(group.size());
  absl::BlockingCounter left(static_cast<int>(group.size()));
  Occupation occupation(store);
  for (size_t i = 0; i < group.size(); ++i) {
    store.Write(
        [&deed = group[i]](WriteTransaction& tx) { return Run(tx, deed); },
        [&told, &left, i](const absl::Status& status) {
          told[i] = status;
          left.DecrementCount();
        });
  }
  occupation.Release();
  left.Wait();
  return told;
}

absl::Status DoAlone(Store& store, const Deed& deed) {
  return store.WriteAndWait(
      [&deed](WriteTransaction& tx) { return Run(tx, deed); });
}

storage::RequestKey RequestOf(const std::string& deed) {
  storage::RequestKey key{"anna", "Do", {}};
  std::copy_n(deed.begin(), std::min(deed.size(), key.request_id.size()),
              key.request_id.begin());
  key.user += deed;
  return key;
}

}  // namespace stegvis::fault
