"""One visit of one outlet: what is due, what came of it, how it ends. Knows no Scrapy and no service."""
