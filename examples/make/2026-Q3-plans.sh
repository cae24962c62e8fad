# shellcheck shell=bash
# The plans of 2026-Q3: three teams of finance from role templates, the others by hand.
# Run by make.sh.

cat >2026-Q3/company.md <<'END'
---
plan: Harbour Supplies
period: 2026-Q3
owner: Ingrid Vale
cadence: weekly
level: company
---

# Harbour Supplies, Q3 2026

We sell packaging, cleaning goods and work clothes to 3,100 shops, kitchens and workshops, from one warehouse and with 140 people.
This quarter we stop growing for its own sake: first the orders arrive as promised, and the money with them.

## Objective 1: Customers get what they ordered on the day we said

- Id: as-promised
- Type: aspirational
- [x] Tell every customer about the 16:00 cut-off (@Carlos Mendes, due 2026-07-17)
- [ ] Put the reasons for late orders on the wall by the north dock (@Anna Fischer, due 2026-08-28)

### Key result 1.1: Raise orders delivered complete and on time from 86% to 94%

- Owner: Anna Fischer
- Measure: share of the orders of the week that arrived whole and on the promised day
- Due: 2026-09-30
- Source: delivery notes signed by customers, every Friday

### Key result 1.2: Raise customers who order again within 60 days from 58% to 66%

- Owner: Carlos Mendes
- Due: 2026-09-30
- Source: order book, customers of the last 60 days

### Key result 1.3: Keep the delivery cost of an order at or below EUR 9.50

- Owner: Hugo Silva
- Baseline: EUR 9.20
- Target: at most EUR 9.50
- Guardrail: yes
- Due: 2026-09-30

## Objective 2: We pay for our growth with our own money

- Id: own-money
- Type: committed
- Weight: 2
- [x] Look at the ten largest open balances every Monday (@Marta Nowak)
- [ ] Agree payment terms with the five customers who never had any (@Carlos Mendes, due 2026-08-14)

### Key result 2.1: Cut days sales outstanding from 58 to 50 days

- Owner: Marta Nowak
- Weight: 2
- Due: 2026-09-30
- Source: receivables ledger, every Friday

### Key result 2.2: Raise the cash balance from EUR 410,000 to EUR 600,000

- Owner: Lena Brandt
- Commit: EUR 540,000
- Stretch: EUR 650,000
- Due: 2026-09-30
- Source: bank statement, Friday morning

## Objective 3: Good people stay beyond their first year

- Id: people-stay
- Type: aspirational
- [x] Every new starter has a named partner from day one (@Grace Kim, due 2026-07-31)

### Key result 3.1: Raise new starters still here after six months from 74% to 88%

- Owner: Grace Kim
- Due: 2026-09-30
- Source: staff list, last Friday of the month

### Key result 3.2: Raise the score of the staff survey from 6.4 to 7.5 points

- Owner: Ingrid Vale
- Due: 2026-09-30
- Source: survey of all staff, last Friday of the month
END

cat >2026-Q3/finance/plan.md <<'END'
---
plan: Finance
period: 2026-Q3
team: Finance
owner: Marta Nowak
cadence: weekly
level: department
---

# Finance, Q3 2026

## Objective 1: The books are closed before anybody asks for them

- Type: committed
- Supports: [We pay for our growth with our own money](../company.md#own-money)

### Key result 1.1: Cut the close of a month from 9 to 5 working days

- Owner: Lena Brandt
- Due: 2026-09-30
- Source: close calendar, once a month
- [x] Write down who waits for whom during the close (@Lena Brandt, due 2026-07-10)
- [x] Book stock movements every evening instead of at month end (@Hugo Silva, due 2026-08-07)

### Key result 1.2: The new ledger carries the September close without the old one

- Owner: Lena Brandt
- Measure: the close of September was run and signed off in the new ledger alone
- Target: done
- Due: 2026-09-30
- [ ] Step: Contract signed (due 2026-07-17)
- [ ] Step: Chart of accounts agreed (due 2026-07-31)
- [ ] Step (weight 2): Open items moved and checked (due 2026-08-28)
- [ ] Step (weight 2): September closed in the new ledger (due 2026-09-30)
- [ ] Train the bookkeepers for two mornings (@Lena Brandt, due 2026-08-21)

### Key result 1.3: Cut corrections after the close from 24 to 10 entries

- Owner: Leila Haddad
- Due: 2026-09-30
- Source: journal of the month before, by the second Friday
- [x] Give each correction a reason code (@Leila Haddad, due 2026-07-24)

## Objective 2: Paying us is the easiest thing a customer does all week

- Id: easy-to-pay
- Type: aspirational
- Supports: [Cut days sales outstanding](../company.md#key-result-21-cut-days-sales-outstanding-from-58-to-50-days)

### Key result 2.1: Raise customers who pay by direct debit from 12% to 30%

- Owner: Priya Nair
- Due: 2026-09-30
- [x] Put the mandate on page two of every invoice (@Ellis Grant, due 2026-07-24)
- [ ] Field sales carries the form on every visit (@Ruth Okafor, due 2026-08-07)

### Key result 2.2: Cut questions about invoices from 90 to 50 a week

- Owner: Marta Nowak
- Due: 2026-09-30
- Source: inbox of customer support, label "invoice"
- [x] Print the order number of the customer on the invoice (@Ellis Grant, due 2026-07-31)
END

on 2026-06-29 new accounts-team --objectives 1 --period 2026-Q3 --team 'Accounts Receivable' \
  --owner 'Jonas Beck' --baseline 1.1=64% --baseline 1.2='4 days' --baseline 1.3='EUR 310k' \
  -o 2026-Q3/finance/accounts-receivable.md
change 2026-Q3/finance/accounts-receivable.md 2026-06-29 \
  plan level team \
  1 supports '[Paying us is the easiest thing](plan.md#easy-to-pay)' \
  1.2 owner 'Priya Nair' \
  1.3 owner 'Priya Nair' \
  1.1.1 owner 'Jonas Beck' \
  1.1.2 due 2026-08-14 \
  1.1.3 owner 'Marta Nowak' \
  1.3.1 owner 'Priya Nair' \
  1.3.2 owner 'Jonas Beck'

on 2026-06-29 new billing-coordinator --objectives 1,2 --period 2026-Q3 --team Billing \
  --owner 'Zoë Marchand' --baseline 1.1=4% --baseline 1.2=58% --baseline 2.2=42% \
  -o 2026-Q3/finance/billing.md
change 2026-Q3/finance/billing.md 2026-06-29 \
  plan level team \
  1 supports '[Paying us is the easiest thing](plan.md#easy-to-pay), [Customers get what they ordered](../company.md#as-promised)' \
  2 supports '[Paying us is the easiest thing](plan.md#easy-to-pay)' \
  1.2 owner 'Ellis Grant' \
  2.2 owner 'Ellis Grant' \
  1.1.2 owner 'Ellis Grant' \
  1.2.2 owner 'Ellis Grant' \
  2.1.2 owner 'Zoë Marchand'

on 2026-06-29 new accounts-team --objectives 8 --period 2026-Q3 --team 'Accounts Payable' \
  --owner 'Henk Visser' --baseline 8.1=91% --baseline 8.2=70% --baseline 8.3=46 \
  -o 2026-Q3/finance/accounts-payable.md
change 2026-Q3/finance/accounts-payable.md 2026-06-29 \
  plan level team \
  1 supports '[Shelves hold what customers ask for](../operations/plan.md#full-shelves)' \
  1.2 owner 'Leila Haddad' \
  1.1.1 owner 'Henk Visser' \
  1.2.1 owner 'Leila Haddad' \
  1.3.3 owner 'Leila Haddad'

cat >2026-Q3/sales/plan.md <<'END'
---
plan: Sales
period: 2026-Q3
team: Sales
owner: Carlos Mendes
cadence: weekly
level: department
---

# Sales, Q3 2026

## Objective 1: Small shops become regulars

- Id: regulars
- Type: aspirational
- Supports: [Customers who order again](../company.md#key-result-12-raise-customers-who-order-again-within-60-days-from-58-to-66)

### Key result 1.1: Win 40 new accounts with a first order

- Owner: Carlos Mendes
- Due: 2026-09-30
- [x] Starter box for cafés, with a return label (@Yusuf Demir, due 2026-07-24)

### Key result 1.2: Raise new accounts that order a second time from 35% to 50%

- Owner: Ruth Okafor
- Due: 2026-09-30
- [ ] Call every new account in its third week (@Pieter Jansen, due 2026-07-31)

### Key result 1.3: Keep the average discount at or below 6%

- Owner: Yusuf Demir
- Baseline: 5.4%
- Target: at most 6%
- Guardrail: yes
- Due: 2026-09-30

## Objective 2: Our prices follow our costs

- Type: committed
- Supports: [We pay for our growth with our own money](../company.md#own-money)

### Key result 2.1: Raise the gross margin from 23.5% to 25%

- Owner: Yusuf Demir
- Due: 2026-09-30
- [x] New price list for cleaning goods (@Yusuf Demir, due 2026-07-31)
- [x] New price list for packaging (@Yusuf Demir, due 2026-08-31)

### Key result 2.2: Cut order lines sold below list price from 18% to 8%

- Owner: Carlos Mendes
- Due: 2026-08-31
- [x] Ask for a reason whenever a price is typed by hand (@Yusuf Demir, due 2026-07-17)
END

cat >2026-Q3/sales/field-sales.md <<'END'
---
plan: Field Sales
period: 2026-Q3
team: Field Sales
owner: Ruth Okafor
cadence: weekly
level: team
---

# Field Sales, Q3 2026

## Objective 1: We visit only shops that are glad to see us

- Type: aspirational
- Supports: [Small shops become regulars](plan.md#regulars)

### Key result 1.1: Raise visits that end with an order from 22% to 35%

- Owner: Ruth Okafor
- Due: 2026-09-30
- [x] Phone before every visit, no more cold calls (@Pieter Jansen, due 2026-07-10)
- [ ] One page on each shop for the day of the visit (@Ruth Okafor, due 2026-08-14)

### Key result 1.2: Cut the time from first visit to first order from 12 to 6 days

- Owner: Pieter Jansen
- Due: 2026-09-30
- [x] Open accounts on the tablet, in the shop (@Pieter Jansen, due 2026-08-07)

### Key result 1.3: Sign 24 cafés on the coast

- Owner: Pieter Jansen
- Due: 2026-09-15
- [x] Two weeks of visits from Port Hale to Sandwick (@Pieter Jansen, due 2026-08-21)
END

cat >2026-Q3/operations/plan.md <<'END'
---
plan: Operations
period: 2026-Q3
team: Operations
owner: Anna Fischer
cadence: weekly
level: department
---

# Operations, Q3 2026

## Objective 1: Shelves hold what customers ask for

- Id: full-shelves
- Type: aspirational
- Supports: [Customers get what they ordered](../company.md#as-promised)

### Key result 1.1: Cut order lines that are out of stock from 7% to 3%

- Owner: Hugo Silva
- Due: 2026-09-30
- [x] Order the 200 fastest items twice a week (@Hugo Silva, due 2026-07-24)

### Key result 1.2: Cut stock that nobody bought for a year from EUR 310,000 to EUR 220,000

- Owner: Hugo Silva
- Due: 2026-09-30
- [x] Sell old work clothes to a clearing house (@Hugo Silva, due 2026-08-28)
- [ ] Return three pallets to the maker (@Anna Fischer, due 2026-09-11)

## Objective 2: A promised day is kept

- Id: promised-day
- Type: committed
- Supports: [Orders delivered complete and on time](../company.md#key-result-11-raise-orders-delivered-complete-and-on-time-from-86-to-94)

### Key result 2.1: Raise orders that leave the dock by 16:00 from 71% to 90%

- Owner: Anna Fischer
- Due: 2026-09-30
- [x] Second loading door in use (@Tom Barrett, due 2026-07-31)
- [x] Contract with a second carrier (@Anna Fischer, due 2026-09-18)

### Key result 2.2: Cut deliveries that come back from 3.1% to 1.5%

- Owner: Anna Fischer
- Due: 2026-09-30
- [ ] Check addresses when an account is opened (@Owen Price, due 2026-08-14)
END

cat >2026-Q3/operations/warehouse.md <<'END'
---
plan: Warehouse
period: 2026-Q3
team: Warehouse
owner: Tom Barrett
cadence: weekly
level: team
---

# Warehouse, Q3 2026

## Objective 1: Every picker finds every item at the first try

- Type: committed
- Supports: [A promised day is kept](plan.md#promised-day)

### Key result 1.1: Cut picking errors from 12 to 5 per 1,000 lines

- Owner: Mei Lin
- Due: 2026-09-30
- [x] Scan each shelf before the item (@Mei Lin, due 2026-07-31)
- [ ] New labels for aisles 4 to 9 (@Tom Barrett, due 2026-08-21)

### Key result 1.2: Raise order lines picked in an hour from 62 to 75

- Owner: Tom Barrett
- Due: 2026-09-30
- [x] Move the 200 fastest items to the front (@Mei Lin, due 2026-08-14)

### Key result 1.3: Keep days lost to accidents at or below 2 a month

- Owner: Tom Barrett
- Baseline: 1 day
- Target: at most 2 days
- Guardrail: yes
- Due: 2026-09-30
END

cat >2026-Q3/operations/customer-support.md <<'END'
---
plan: Customer Support
period: 2026-Q3
team: Customer Support
owner: Nadia Rahman
cadence: weekly
level: team
---

# Customer Support, Q3 2026

## Objective 1: A customer has to ask us only once

- Type: aspirational
- Supports: [Customers get what they ordered](../company.md#as-promised)

### Key result 1.1: Cut the time to a first answer from 9 to 3 hours

- Owner: Owen Price
- Due: 2026-09-30
- [x] One inbox in place of four (@Owen Price, due 2026-07-17)

### Key result 1.2: Raise questions settled at the first contact from 61% to 75%

- Owner: Nadia Rahman
- Due: 2026-09-30
- [x] Support can see stock and invoices (@Owen Price, due 2026-08-07)
- [ ] Answers to the 30 most frequent questions (@Nadia Rahman, due 2026-08-28)

### Key result 1.3: Cut open complaints from 140 to 60

- Owner: Nadia Rahman
- Due: 2026-09-30
- [x] Credit up to EUR 50 without asking anybody (@Nadia Rahman, due 2026-08-21)
END

cat >2026-Q3/people/plan.md <<'END'
---
plan: People
period: 2026-Q3
team: People
owner: Grace Kim
cadence: weekly
level: department
---

# People, Q3 2026

## Objective 1: New people are at home here within a month

- Id: at-home
- Type: aspirational
- Supports: [Good people stay beyond their first year](../company.md#people-stay)

### Key result 1.1: Cut the time to fill an open role from 52 to 38 days

- Owner: Grace Kim
- Due: 2026-09-30
- [x] Answer every application within two days (@Grace Kim, due 2026-07-17)

### Key result 1.2: Raise new starters who rate their first month 8 or more from 55% to 80%

- Owner: Grace Kim
- Due: 2026-09-30
- [x] A plan for the first ten days, by role (@Grace Kim, due 2026-07-31)
- [ ] Shift leads learn how to give a first review (@Tom Barrett, due 2026-09-04)

### Key result 1.3: Find out what share of shifts is swapped at short notice

- Owner: Tom Barrett
- Measure: shifts swapped within two days of their start, as a share of all shifts
- Unit: %
- Target: a first value
- Due: 2026-08-31
- Source: shift planner, four weeks together
- [x] Enter swaps in the planner and no longer on paper (@Tom Barrett, due 2026-07-24)
END
