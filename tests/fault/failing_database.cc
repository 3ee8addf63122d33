#include "tests/fault/failing_database.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::fault {
namespace {

absl::Status StatusFor(Failure failure) {
  switch (failure) {
    case Failure::kAway:
      return errors::DatabaseAway();
    case Failure::kFull:
      return errors::DiskFull();
    case Failure::kUnreadable:
      return errors::RecordUnreadable();
  }
  return errors::Bug("no_such_failure");
}

// The next call on `connection`.
absl::Status Meet(FaultPlan& plan, sql::Connection& connection) {
  const std::optional<Failure> failure = plan.Next();
  if (!failure.has_value()) return absl::OkStatus();
  if (*failure == Failure::kFull) connection.Rollback();
  return StatusFor(*failure);
}

class FailingStatement final : public sql::Statement {
 public:
  FailingStatement(sql::Statement* inner, sql::Connection& connection,
                   FaultPlan& plan)
      : inner_(inner), connection_(connection), plan_(plan) {}

  sql::Statement* Inner() const { return inner_; }

  void BindInteger(int parameter, int64_t value) override {
    inner_->BindInteger(parameter, value);
  }
  void BindBlob(int parameter, absl::string_view bytes) override {
    inner_->BindBlob(parameter, bytes);
  }
  void BindText(int parameter, absl::string_view text) override {
    inner_->BindText(parameter, text);
  }
  void BindNull(int parameter) override { inner_->BindNull(parameter); }
  absl::StatusOr<bool> Step() override {
    RETURN_IF_ERROR(Meet(plan_, connection_));
    return inner_->Step();
  }
  int64_t Integer(int column) const override { return inner_->Integer(column); }
  absl::string_view Bytes(int column) const override {
    return inner_->Bytes(column);
  }
  bool IsNull(int column) const override { return inner_->IsNull(column); }
  void Reset() override { inner_->Reset(); }

 private:
  sql::Statement* const inner_;
  sql::Connection& connection_;
  FaultPlan& plan_;
};

class FailingConnection final : public sql::Connection {
 public:
  FailingConnection(std::unique_ptr<sql::Connection> inner, FaultPlan& plan)
      : inner_(std::move(inner)), plan_(plan) {}

  sql::Connection& Inner() { return *inner_; }

  absl::StatusOr<sql::Statement*> Take(absl::string_view sql) override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    ASSIGN_OR_RETURN(sql::Statement* const taken, inner_->Take(sql));
    return new FailingStatement(taken, *inner_, plan_);
  }
  void Return(sql::Statement* statement) override {
    const std::unique_ptr<FailingStatement> returned(
        static_cast<FailingStatement*>(statement));
    inner_->Return(returned->Inner());
  }
  absl::Status Execute(absl::string_view sql) override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->Execute(sql);
  }
  absl::Status BeginRead() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->BeginRead();
  }
  absl::Status BeginWrite() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->BeginWrite();
  }
  absl::Status Commit() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->Commit();
  }
  void Rollback() override { inner_->Rollback(); }
  absl::Status SetSavepoint() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->SetSavepoint();
  }
  absl::Status RollbackToSavepoint() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->RollbackToSavepoint();
  }
  absl::Status ReleaseSavepoint() override {
    RETURN_IF_ERROR(Meet(plan_, *inner_));
    return inner_->ReleaseSavepoint();
  }
  bool InTransaction() const override { return inner_->InTransaction(); }

 private:
  const std::unique_ptr<sql::Connection> inner_;
  FaultPlan& plan_;
};

sql::Connection& InnerOf(sql::Connection& connection) {
  return static_cast<FailingConnection&>(connection).Inner();
}

class FailingDatabase final : public sql::Database {
 public:
  FailingDatabase(std::unique_ptr<sql::Database> inner, FaultPlan& plan)
      : inner_(std::move(inner)), plan_(plan) {}

  absl::StatusOr<std::unique_ptr<sql::Connection>> ConnectReader() override {
    return Connect([this] { return inner_->ConnectReader(); });
  }
  absl::StatusOr<std::unique_ptr<sql::Connection>> ConnectWriter() override {
    return Connect([this] { return inner_->ConnectWriter(); });
  }
  void AfterCommit(sql::Connection& writer) override {
    inner_->AfterCommit(InnerOf(writer));
  }
  absl::Status RemoveTraces(sql::Connection& writer) override {
    RETURN_IF_ERROR(Meet(plan_, InnerOf(writer)));
    return inner_->RemoveTraces(InnerOf(writer));
  }
  absl::Status Settle(sql::Connection& writer) override {
    RETURN_IF_ERROR(Meet(plan_, InnerOf(writer)));
    return inner_->Settle(InnerOf(writer));
  }
  absl::Status Copy(sql::Connection& reader, const std::string& path) override {
    RETURN_IF_ERROR(Meet(plan_, InnerOf(reader)));
    return inner_->Copy(InnerOf(reader), path);
  }

 private:
  template <typename Function>
  absl::StatusOr<std::unique_ptr<sql::Connection>> Connect(
      const Function& connect) {
    const std::optional<Failure> failure = plan_.Next();
    if (failure.has_value()) return StatusFor(*failure);
    ASSIGN_OR_RETURN(std::unique_ptr<sql::Connection> connection, connect());
    return std::unique_ptr<sql::Connection>(
        std::make_unique<FailingConnection>(std::move(connection), plan_));
  }

  const std::unique_ptr<sql::Database> inner_;
  FaultPlan& plan_;
};

}  // namespace

void FaultPlan::FailAt(int call, Failure failure) {
  absl::MutexLock lock(&mutex_);
  calls_ = 0;
  fail_at_ = call;
  failure_ = failure;
}

int FaultPlan::Calls() const {
  absl::MutexLock lock(&mutex_);
  return calls_;
}

bool FaultPlan::HasFailed() const {
  absl::MutexLock lock(&mutex_);
  return fail_at_ > 0 && calls_ >= fail_at_;
}

std::optional<Failure> FaultPlan::Next() {
  absl::MutexLock lock(&mutex_);
  if (++calls_ != fail_at_) return std::nullopt;
  return failure_;
}

std::unique_ptr<sql::Database> MakeFailing(
    std::unique_ptr<sql::Database> database, FaultPlan& plan) {
  return std::make_unique<FailingDatabase>(std::move(database), plan);
}

}  // namespace stegvis::fault
