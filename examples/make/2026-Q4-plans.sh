# shellcheck shell=bash
# The plans of 2026-Q4: carried over from those that were closed, and made more of.
# Run by make.sh.

# Carries the plan $1 over to the new quarter; the others are what `okr new` is given.
carry() {
  local plan=$1
  shift
  on 2026-10-01 new --from "2026-Q3/$plan" -o "2026-Q4/$plan" --no-input "$@"
}

# Writes lines into the plan $1, in the list of what was called $2 in the old plan.
add() {
  local plan=$1 place="- Carried from: [$2:" line
  shift 2
  while IFS= read -r line; do
    printf '%s\n' "$line"
    case $line in "$place"*) printf '%s\n' "$@" ;; esac
  done <"$plan" >"$plan.new"
  mv "$plan.new" "$plan"
}

day=2026-10-01

plan=2026-Q4/company.md
carry company.md --key-results 1.1,1.2,1.3,2.1,2.2,3.1,3.2
reword $plan 'This quarter we stop growing for its own sake: first the orders arrive as promised, and the money with them.' \
  'Orders arrive as promised more often than in summer, and the money follows more slowly than we promised: both go on.'
change $plan $day \
  1.0.1 due 2026-10-16 \
  1.1 target 95% 1.1 title 'Raise orders delivered complete and on time from 90.5% to 95%' \
  1.2 target 70% 1.2 title 'Raise customers who order again within 60 days from 64% to 70%' \
  2.0.1 due 2026-10-30 \
  2.1 target '47 days' 2.1 title 'Cut days sales outstanding from 53 to 47 days' \
  2.2 target 'EUR 700,000' 2.2 title 'Raise the cash balance from EUR 552,000 to EUR 700,000' \
  2.2 commit 'EUR 650,000' 2.2 stretch 'EUR 750,000' \
  3.2 target '7.8 points' 3.2 title 'Raise the score of the staff survey from 7.2 to 7.8 points'
add $plan 'Objective 2' '- [x] Talk to each of the ten customers who owe us most (@Ingrid Vale, due 2026-10-23)'
add $plan 'Objective 3' '- [ ] Shift plan of the night shift four weeks ahead (@Grace Kim, due 2026-11-27)'

plan=2026-Q4/finance/plan.md
carry finance/plan.md
change $plan $day \
  1.1 title 'The new ledger carries the November close without the old one' \
  1.1 measure 'the close of November was run and signed off in the new ledger alone' \
  1.1 due 2026-12-11 \
  1.1.1 title 'Step (weight 2): November closed in the new ledger' 1.1.1 due 2026-12-11 \
  1.2 target 8 1.2 title 'Cut corrections after the close from 14 to 8 entries' \
  2.1 target 40% 2.1 title 'Raise customers who pay by direct debit from 25.1% to 40%' \
  2.1.1 due 2026-10-30 \
  2.2 target 40 2.2 title 'Cut questions about invoices from 59 to 40 a week'
add $plan 'Key result 1.2' \
  '- [ ] Step: The bank takes the payment file (due 2026-10-16)' \
  '- [ ] Step: October closed in both ledgers without a difference (due 2026-11-13)'
add $plan 'Key result 1.3' '- [x] Book freight from the delivery note (@Leila Haddad, due 2026-10-30)'
add $plan 'Key result 2.2' '- [ ] Answer to "what is this line?" on the back of the invoice (@Ellis Grant, due 2026-11-27)'

plan=2026-Q4/finance/accounts-receivable.md
carry finance/accounts-receivable.md
reword $plan '30 September 2026' '31 December 2026'
reword $plan $'\nThe rise of the collection rate is relative to today\'s rate: 60% becomes 75%.\nFrom a start above 75%, the target is 95% instead.' ''
change $plan $day \
  1.1.1 due 2026-11-13 \
  1.2 target 'EUR 150,000' \
  1.2 title 'Cut customer payments over 30 days past due from EUR 217,000 to EUR 150,000' \
  1.2 source '../../exports/ageing.csv, last of "Over 30 days", dated Friday' \
  1.2.1 owner 'Priya Nair' 1.2.1 due 2026-11-30

plan=2026-Q4/finance/billing.md
carry finance/billing.md
reword $plan $'\nThe cut is relative to today\'s share of wrong invoices: 4% becomes 3%.' ''
change $plan $day \
  1.1.1 due 2026-11-06 \
  2.2.1 due 2026-11-27

plan=2026-Q4/finance/accounts-payable.md
carry finance/accounts-payable.md
reword $plan '30 September 2026' '31 December 2026'
change $plan $day \
  1 supports '[Shelves hold what customers ask for](../operations/plan.md#full-shelves)' \
  1.2 owner 'Leila Haddad' \
  1.1.1 due 2026-11-27
add $plan 'Key result 1.1' '- [x] Date foreign transfers a day earlier (@Henk Visser, due 2026-10-09)'

plan=2026-Q4/sales/plan.md
carry sales/plan.md
change $plan $day \
  1.1 baseline 0 1.1 target 60 1.1 title 'Win 60 new accounts with a first order' \
  1.2 target 55% 1.2 title 'Raise new accounts that order a second time from 46% to 55%' \
  1.2.1 due 2026-10-16
add $plan 'Key result 1.1' '- [ ] Starter box for kitchens (@Yusuf Demir, due 2026-11-06)'
cat >>$plan <<'END'

## Objective 2: Large kitchens buy all they need from us

- Type: aspirational
- Supports: [We pay for our growth with our own money](../company.md#own-money), [Customers who order again](../company.md#key-result-12-raise-customers-who-order-again-within-60-days-from-64-to-70)

### Key result 2.1: Raise large customers who buy from three ranges from 31% to 45%

- Owner: Yusuf Demir
- Due: 2026-12-31
- [x] One price list for all ranges (@Yusuf Demir, due 2026-10-16)

### Key result 2.2: Raise the monthly sales of cleaning goods from EUR 84,000 to EUR 120,000

- Owner: Carlos Mendes
- Due: 2026-12-31
- [ ] Samples with every tenth order (@Ruth Okafor, due 2026-11-13)
END

plan=2026-Q4/sales/field-sales.md
carry sales/field-sales.md
change $plan $day \
  1.1 target 40% 1.1 title 'Raise visits that end with an order from 31.5% to 40%' \
  1.1.1 due 2026-10-23 \
  1.2 target '5 days' 1.2 title 'Cut the time from first visit to first order from 7 to 5 days'
cat >>$plan <<'END'
- [x] Credit check on the tablet (@Pieter Jansen, due 2026-10-30)

### Key result 1.3: Sign 30 kitchens inland

- Owner: Pieter Jansen
- Due: 2026-12-11
- [x] Two reps for the valley towns until December (@Ruth Okafor, due 2026-10-09)
END

plan=2026-Q4/operations/plan.md
carry operations/plan.md --key-results 1.1,1.2,2.1,2.2
change $plan $day \
  1.1 target 2.5% 1.1 title 'Cut order lines that are out of stock from 4% to 2.5%' \
  1.2 target 'EUR 180,000' 1.2 title 'Cut stock that nobody bought for a year from EUR 244,000 to EUR 180,000' \
  1.2.1 due 2026-11-06 \
  2.1 target 94% 2.1 title 'Raise orders that leave the dock by 16:00 from 87% to 94%' \
  2.2 target 1% 2.2 title 'Cut deliveries that come back from 1.5% to 1%' \
  2.2.1 due 2026-10-30
add $plan 'Key result 1.1' '- [x] Order the next 400 items twice a week, too (@Hugo Silva, due 2026-10-16)'
add $plan 'Key result 2.1' '- [x] A second carrier for all orders inland (@Anna Fischer, due 2026-10-12)'

plan=2026-Q4/operations/warehouse.md
carry operations/warehouse.md
change $plan $day \
  1.1 target 4 1.1 title 'Cut picking errors from 6.2 to 4 per 1,000 lines' \
  1.1.1 due 2026-10-16
cat >>$plan <<'END'

### Key result 1.3: Raise order lines picked in an hour from 75.5 to 82

- Owner: Mei Lin
- Due: 2026-12-31
- [ ] Pick lists by aisle for the 40 largest customers (@Mei Lin, due 2026-11-20)
END

plan=2026-Q4/operations/customer-support.md
carry operations/customer-support.md
change $plan $day \
  1.1 target '2 hours' 1.1 title 'Cut the time to a first answer from 4.1 to 2 hours' \
  1.2 target 80% 1.2 title 'Raise questions settled at the first contact from 71.5% to 80%' \
  1.2.1 due 2026-11-20 \
  1.3 target 40 1.3 title 'Cut open complaints from 76 to 40'
add $plan 'Key result 1.1' '- [x] Somebody answers from seven in the morning on (@Owen Price, due 2026-10-23)'
add $plan 'Key result 1.3' '- [ ] Drivers take a photo of each delivery (@Anna Fischer, due 2026-11-27)'

plan=2026-Q4/people/plan.md
carry people/plan.md
change $plan $day \
  1.1 target '36 days' 1.1 title 'Cut the time to fill an open role from 41.5 to 36 days' \
  1.2 target 85% 1.2 title 'Raise new starters who rate their first month 8 or more from 73% to 85%' \
  1.2.1 due 2026-10-30
add $plan 'Key result 1.1' '- [x] A day of trial work in place of a second interview (@Grace Kim, due 2026-10-16)'
cat >>$plan <<'END'

### Key result 1.3: Cut shifts that are swapped at short notice from 14% to 8%

- Owner: Tom Barrett
- Due: 2026-12-31
- Source: shift planner, the last four weeks together
- [x] Wishes are in the planner before the plan is made (@Tom Barrett, due 2026-10-23)

## Objective 2: Nobody has to ask where the expenses are

- Type: aspirational

This one serves our own people and nothing that the company has written down.

### Key result 2.1: Cut the time from claim to payment from 19 to 7 days

- Owner: Leila Haddad
- Due: 2026-12-31
- [x] Pay claims with the weekly run (@Leila Haddad, due 2026-10-16)

### Key result 2.2: Raise claims that need no question back from 70% to 90%

- Owner: Grace Kim
- Due: 2026-12-31
- [ ] One page on what is paid, with examples (@Grace Kim, due 2026-11-13)
END
