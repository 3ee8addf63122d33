// A fixed little workload for the fault tests: every kind of write, each as a
// handler makes it, so that it can be sent again until it is done.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/store/store.h"

namespace stegvis::fault {

// One body: what it puts, its entry in the audit log, and the memory of its
// request. Sent again once it is done, it does nothing.
struct Deed {
  std::string name;
  std::optional<ForbundId> forbund;  // Whose log; nothing: the installation's.
  std::function<absl::Status(storage::WriteTransaction&)> put;
  bool regrets = false;  // Refuses itself (OVERLAPS) after it has written.
};

// Deeds that do not depend on each other, to be committed together.
using Group = std::vector<Deed>;

// The groups in their order: each needs those before it.
const std::vector<Group>& Workload();
// A deed that fits in anywhere, to see that the store works on.
const Deed& Afterwards();
// Every deed of the workload, and Afterwards().
std::vector<Deed> AllDeeds();

// Sends the deeds so that the writer takes them as one batch; what each was
// told, in their order.
std::vector<absl::Status> DoTogether(storage::Store& store, const Group& group);
absl::Status DoAlone(storage::Store& store, const Deed& deed);

// Under what a deed's request is remembered.
storage::RequestKey RequestOf(const std::string& deed);

}  // namespace stegvis::fault
