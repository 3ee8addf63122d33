// A share of the key source as a page to print.
#pragma once

#include "services/base/day.h"
#include "storage/seal/key_shares.h"
#include "storage/seal/secret_text.h"

namespace stegvis::offline {

// In Swedish: what it is, what to do with it, and its groups of digits, which
// seal::ShareReader finds among the words.
seal::SecretText SharePage(const seal::KeyShare& share, Day made);

}  // namespace stegvis::offline
