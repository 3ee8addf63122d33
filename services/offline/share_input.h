// Shares of the key source, read from files or typed by a person.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/seal/key_shares.h"

namespace stegvis::offline {

// The shares in the files, one or more in each. The error's field says where:
// `file N.line N.group N`, as far as each is known, from 1. FAILED_PRECONDITION
// with FILE_UNREADABLE; INVALID_ARGUMENT with KEY_SHARE_INCOMPLETE (at group 1
// when a file holds no share) and as seal::ShareReader.
absl::StatusOr<std::vector<seal::KeyShare>> ReadShareFiles(
    const std::vector<std::string>& files);

// The same out of an open file, to its end: `line N.group N`.
absl::StatusOr<std::vector<seal::KeyShare>> ReadShares(int file);

// Asks the person at the terminal `file` for shares until there are enough. A
// line with a fault is asked for again, and so is a share that does not go with
// the others. What is typed is shown: nobody copies 168 digits blindly. The
// questions, in Swedish, go to stderr. At the end of the input: what there is,
// or KEY_SHARE_INCOMPLETE.
absl::StatusOr<std::vector<seal::KeyShare>> AskForShares(int file);

}  // namespace stegvis::offline
