// What a store holds, as lines of text, and whether that is what was done.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/store/store.h"

namespace stegvis::fault {

// A line for each version, audit entry and remembered request, sorted; every
// field of it but positions and moments.
using Inventory = std::multiset<std::string>;

// Fails as the first read that does.
absl::StatusOr<Inventory> TakeInventory(storage::Store& store);

// Does every deed once, in a store of its own, to see what is expected of it.
// The others do so when they first need it; a test that counts what is written
// does it before.
void LearnWhatDeedsDo();

// Expects that the store holds what the deeds of `done` did, what each of
// `unsure` did wholly or not at all, and nothing else; that the feed has no gap
// and every change its version; and that the audit logs are whole.
void ExpectHolds(storage::Store& store, const std::set<std::string>& done,
                 const std::set<std::string>& unsure = {});

// Expects that `inventory` is what the deeds of `done` leave.
void ExpectIs(const Inventory& inventory, const std::set<std::string>& done);

}  // namespace stegvis::fault
